package dev.corral.conversation.store;

import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Segment;
import dev.corral.conversation.Segments;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.corral.conversation.store.ConversationRow.get;
import static dev.corral.conversation.store.ConversationRow.instant;

/** Segments in the database. */
@Component
final class StoredSegments implements Segments {

	private final Database database;

	StoredSegments(Database database) {
		this.database = database;
	}

	@Override
	public Flux<Segment> find(Owner owner, ConversationId conversation) {
		return database.sql("""
			select s.first_message, s.last_message, s.policy, s.recap, s.recap_tokens, s.created_at
			from segment s join conversation c on c.id = s.conversation
			where c.id = :conversation and c.owner = :owner order by s.created_at, s.last_message""")
				.bind("conversation", conversation.value()).bind("owner", owner.name()).all(StoredSegments::read)
				.switchIfEmpty(new Branches(database).exists(owner, conversation).thenMany(Flux.empty()));
	}

	@Override
	public Mono<Void> add(Owner owner, ConversationId conversation, Segment segment) {
		// The conversation's row is held, so that of two that store the same cut the second finds the first's.
		return database.transaction(() -> database
				.sql("select c.id from conversation c where c.id = :id and c.owner = :owner for update")
				.bind("id", conversation.value()).bind("owner", owner.name()).first(row -> conversation)
				.switchIfEmpty(Mono.error(() -> new NotFound("conversation", conversation)))
				.then(Mono.defer(() -> bind(database.sql("""
					update segment set recap = :recap, recap_tokens = :tokens, created_at = :made
					where conversation = :conversation and first_message = :first and last_message = :last
						and policy = :policy"""), conversation, segment).change()))
				.flatMap(rows -> rows > 0
						? Mono.empty()
						: bind(database
								.sql("""
									insert into segment (conversation, first_message, last_message, policy, recap, recap_tokens, created_at)
									values (:conversation, :first, :last, :policy, :recap, :tokens, :made)"""),
								conversation, segment)
								.run()));
	}

	private static Statement bind(Statement statement, ConversationId conversation, Segment segment) {
		return statement.bind("conversation", conversation.value()).bind("first", segment.first().value())
				.bind("last", segment.last().value()).bind("policy", segment.policy().id())
				.bind("recap", Text.storable("recap", segment.recap(), Text.MAX_CONTENT))
				.bind("tokens", segment.recapTokens())
				.bind("made", segment.createdAt().truncatedTo(ChronoUnit.MICROS));
	}

	private static Segment read(Readable row) {
		var recap = row.get("recap", String.class);
		return new Segment(new MessageId(get(row, "first_message", UUID.class)),
				new MessageId(get(row, "last_message", UUID.class)),
				WindowPolicy.of("policy", get(row, "policy", String.class)), recap,
				get(row, "recap_tokens", Integer.class), instant(row, "created_at"));
	}

}
