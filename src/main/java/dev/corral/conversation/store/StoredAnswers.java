package dev.corral.conversation.store;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.KeptAnswer;
import dev.corral.conversation.KeptAnswer.Kind;
import dev.corral.conversation.KeptAnswers;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Page;
import dev.corral.conversation.PageRequest;
import dev.corral.inference.InvalidParameter;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

/** Answers of HTTP APIs in the database. */
@Component
final class StoredAnswers implements KeptAnswers {

	private static final String SELECT = """
		select a.id, a.kind, a.conversation, a.message, a.body, a.created_at from kept_answer a
		where a.owner = :owner and a.kind = :kind""";

	private final Database database;

	StoredAnswers(Database database) {
		this.database = database;
	}

	@Override
	public Mono<Void> add(Owner owner, KeptAnswer answer) {
		return Mono.defer(() -> database.sql("""
			insert into kept_answer (kind, id, conversation, owner, message, body, created_at)
			select :kind, :id, c.id, c.owner, :message, :body, :created from conversation c
			where c.id = :conversation and c.owner = :owner""").bind("kind", answer.kind().id())
				.bind("id", answer.id()).bind("message", answer.message().value()).bind("body", body(answer.body()))
				.bind("created", answer.createdAt()).bind("conversation", answer.conversation().value())
				.bind("owner", owner.name()).change()
				.flatMap(rows -> found(rows, "conversation", answer.conversation())));
	}

	@Override
	public Mono<KeptAnswer> find(Owner owner, Kind kind, UUID id) {
		return database.sql(SELECT + " and a.id = :id").bind("owner", owner.name()).bind("kind", kind.id())
				.bind("id", id).first(StoredAnswers::read)
				.switchIfEmpty(Mono.error(() -> new NotFound(kind.id(), id)));
	}

	@Override
	public Mono<Page<KeptAnswer>> list(Owner owner, Kind kind, boolean newestFirst, PageRequest page) {
		return Mono.defer(() -> {
			var after = after(page.after());
			var rows = database
					.sql(SELECT + (after == null ? "" : " and a.id " + (newestFirst ? "<" : ">") + " :after")
							+ " order by a.id" + (newestFirst ? " desc" : "") + " limit :limit")
					.bind("owner", owner.name()).bind("kind", kind.id()).bind("limit", page.limit() + 1);
			return (after == null ? rows : rows.bind("after", after)).all(StoredAnswers::read).collectList()
					.map(found -> found.size() <= page.limit()
							? new Page<>(found, null)
							: new Page<>(found.subList(0, page.limit()), found.get(page.limit() - 1).id().toString()));
		});
	}

	private static @Nullable UUID after(@Nullable String text) {
		try {
			return text == null ? null : UUID.fromString(text);
		} catch (IllegalArgumentException invalid) {
			throw new InvalidParameter("after", "must be where a page before has ended");
		}
	}

	@Override
	public Mono<Void> change(Owner owner, Kind kind, UUID id, String body) {
		return Mono.defer(() -> database
				.sql("update kept_answer set body = :body where owner = :owner and kind = :kind and id = :id")
				.bind("body", body(body)).bind("owner", owner.name()).bind("kind", kind.id()).bind("id", id).change()
				.flatMap(rows -> found(rows, kind.id(), id)));
	}

	@Override
	public Mono<Void> delete(Owner owner, Kind kind, UUID id) {
		return database.sql("delete from kept_answer where owner = :owner and kind = :kind and id = :id")
				.bind("owner", owner.name()).bind("kind", kind.id()).bind("id", id).change()
				.flatMap(rows -> found(rows, kind.id(), id));
	}

	@Override
	public Mono<Long> count(Owner owner, ConversationId conversation) {
		return database
				.sql("select count(*) as answers from kept_answer where conversation = :conversation and owner = :owner")
				.bind("conversation", conversation.value()).bind("owner", owner.name())
				.first(row -> ConversationRow.get(row, "answers", Long.class));
	}

	private static Mono<Void> found(long rows, String what, Object id) {
		return rows == 0 ? Mono.error(new NotFound(what, id)) : Mono.empty();
	}

	private static @Nullable String body(String body) {
		return Text.storable("body", body, Text.MAX_CONTENT);
	}

	private static KeptAnswer read(Readable row) {
		return new KeptAnswer(ConversationRow.get(row, "id", UUID.class),
				Kind.of(ConversationRow.get(row, "kind", String.class)),
				new ConversationId(ConversationRow.get(row, "conversation", UUID.class)),
				new MessageId(ConversationRow.get(row, "message", UUID.class)),
				ConversationRow.get(row, "body", String.class), ConversationRow.instant(row, "created_at"));
	}

}
