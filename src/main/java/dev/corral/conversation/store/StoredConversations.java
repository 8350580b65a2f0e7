package dev.corral.conversation.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.conversation.ChangedMeanwhile;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationChange;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Page;
import dev.corral.conversation.PageRequest;
import dev.corral.conversation.SearchHit;
import dev.corral.inference.InvalidParameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Conversations in the database. */
@Component
final class StoredConversations implements Conversations {

	private static final String SELECT = "select " + ConversationRow.COLUMNS
			+ " from conversation c where c.owner = :owner";

	private static final String FORGOTTEN = "c.updated_at < :time and c.pinned = false and c.running_reply is null";

	/** How many {@link #all} has in memory at least. */
	private static final int CHUNK = 100;

	/** Most conversations that are deleted at once, so that nobody waits long for a lock. */
	private static final int DELETED_AT_ONCE = 200;

	private final Database database;

	private final Search search;

	StoredConversations(Database database) {
		this.database = database;
		this.search = new Search(database);
	}

	@Override
	public Mono<Conversation> create(Owner owner, NewConversation conversation) {
		return Mono.defer(() -> {
			var id = ConversationId.next();
			var now = database.now();
			var title = title(conversation.title());
			var made = new Conversation(id, owner, title == null || title.isEmpty() ? null : title,
					model(conversation.model()), system(conversation.system()), conversation.parameters(), false, false,
					conversation.metadata(), null, null, now.toInstant(), now.toInstant(), 0);
			return database
					.sql("""
						insert into conversation (id, owner, title, model, system_message, parameters, metadata, created_at, updated_at,
							version)
						values (:id, :owner, :title, :model, :system, :parameters, :metadata, :now, :now, 0)""")
					.bind("id", id.value()).bind("owner", owner.name()).bind("title", made.title())
					.bind("model", made.model()).bind("system", made.system())
					.bind("parameters", StoredJson.write(made.parameters())).bind("metadata", metadata(made.metadata()))
					.bind("now", now).run().thenReturn(made);
		});
	}

	@Override
	public Mono<Conversation> find(Owner owner, ConversationId id) {
		return database.sql(SELECT + " and c.id = :id").bind("owner", owner.name()).bind("id", id.value())
				.first(ConversationRow::read).switchIfEmpty(Mono.error(() -> new NotFound("conversation", id)));
	}

	@Override
	public Mono<Page<Conversation>> list(Owner owner, boolean archived, PageRequest page) {
		return Mono.defer(() -> {
			var after = Cursor.parse(page.after());
			var rows = database.sql(SELECT + " and c.archived = :archived"
					+ (after == null ? "" : " and (c.pinned, c.updated_at, c.id) < (:pinned, :updated, :id)")
					+ " order by c.pinned desc, c.updated_at desc, c.id desc limit :limit").bind("owner", owner.name())
					.bind("archived", archived).bind("limit", page.limit() + 1);
			return (after == null
					? rows
					: rows.bind("pinned", after.first()).bind("updated", after.updatedAt()).bind("id", after.id()))
					.all(ConversationRow::read).collectList()
					.map(found -> Pages.cut(found, page, last -> Cursor.of(last.pinned(), last)));
		});
	}

	@Override
	public Flux<Conversation> all(Owner owner) {
		return chunk(owner, null)
				.expand(chunk -> chunk.size() < CHUNK ? Mono.empty() : chunk(owner, chunk.getLast().id()), 1)
				.concatMapIterable(chunk -> chunk, 1);
	}

	private Mono<List<Conversation>> chunk(Owner owner, @Nullable ConversationId after) {
		var rows = database.sql(SELECT + (after == null ? "" : " and c.id > :after") + " order by c.id limit :limit")
				.bind("owner", owner.name()).bind("limit", CHUNK);
		return (after == null ? rows : rows.bind("after", after.value())).all(ConversationRow::read).collectList();
	}

	@Override
	public Mono<Page<SearchHit>> search(Owner owner, String text, PageRequest page) {
		return Mono.defer(() -> {
			if (text.length() > SearchHit.MAX_QUERY_LENGTH) {
				throw new InvalidParameter("query", "can have at most %d characters, but has %d"
						.formatted(SearchHit.MAX_QUERY_LENGTH, text.length()));
			}
			return search.find(owner, Text.storable(text), Cursor.parse(page.after()), page.limit() + 1)
					.map(hits -> Pages.cut(hits, page, hit -> Cursor.of(hit.message() == null, hit.conversation())));
		});
	}

	@Override
	public Mono<Conversation> change(Owner owner, ConversationId id, ConversationChange change,
			@Nullable Long version) {
		return database.transaction(() -> {
			var title = title(change.title());
			return database.sql("""
				update conversation set title = case when :title is null then title else nullif(:title, '') end,
					model = coalesce(:model, model),
					system_message = case when :own_system then null else coalesce(:system, system_message) end,
					parameters = coalesce(:parameters, parameters), pinned = coalesce(:pinned, pinned),
					archived = coalesce(:archived, archived), metadata = coalesce(:metadata, metadata),
					updated_at = :now, version = version + 1
				where id = :id and owner = :owner and version = coalesce(:version, version)""").bind("title", title)
					.bind("model", change.model() == null ? null : model(change.model()))
					.bind("system", system(change.system())).bind("own_system", change.ownSystem())
					.bind("parameters", change.parameters() == null ? null : StoredJson.write(change.parameters()))
					.bind("pinned", change.pinned()).bind("archived", change.archived())
					.bind("metadata", change.metadata() == null ? null : metadata(change.metadata()))
					.bind("now", database.now()).bind("id", id.value()).bind("owner", owner.name())
					.bind("version", version).change().flatMap(rows -> find(owner, id).map(found -> {
						if (rows == 0) {
							throw new ChangedMeanwhile(version == null ? found.version() : version, found.version());
						}
						return found;
					}));
		});
	}

	@Override
	public Mono<Conversation> activate(Owner owner, ConversationId id, MessageId leaf) {
		return database.transaction(() -> database.sql("""
			update conversation set leaf = :leaf, updated_at = :now, version = version + 1
			where id = :id and owner = :owner
				and exists (select 1 from message m where m.id = :leaf and m.conversation = :id)""")
				.bind("leaf", leaf.value()).bind("now", database.now()).bind("id", id.value())
				.bind("owner", owner.name()).change().flatMap(rows -> find(owner, id).map(found -> {
					if (rows == 0) {
						throw new NotFound("message", leaf);
					}
					return found;
				})));
	}

	@Override
	public Mono<Void> delete(Owner owner, ConversationId id) {
		return database.sql("delete from conversation where id = :id and owner = :owner").bind("id", id.value())
				.bind("owner", owner.name()).change().flatMap(rows -> rows == 0
						? Mono.error(new NotFound("conversation", id))
						: Mono.empty());
	}

	@Override
	public Mono<Long> deleteUnchangedSince(Instant time) {
		return deleteSome(time).expand(deleted -> deleted < 0 ? Mono.empty() : deleteSome(time))
				.filter(deleted -> deleted >= 0).reduce(0L, Long::sum);
	}

	/** How many; -1 if there are none. Whether they are still to be deleted is asked again, since somebody may have changed one. */
	private Mono<Long> deleteSome(Instant time) {
		return database
				.sql("select c.id from conversation c where " + FORGOTTEN + " order by c.updated_at limit :limit")
				.bind("time", time).bind("limit", DELETED_AT_ONCE)
				.all(row -> ConversationRow.get(row, "id", UUID.class)).collectList()
				.flatMap(ids -> ids.isEmpty() ? Mono.just(-1L) : delete(ids, time));
	}

	private Mono<Long> delete(List<UUID> ids, Instant time) {
		return database.sql("delete from conversation c where c.id in (:ids) and " + FORGOTTEN).bind("ids", ids)
				.bind("time", time).change();
	}

	private static @Nullable String title(@Nullable String title) {
		return Text.storable("title", title, Conversation.MAX_TITLE_LENGTH);
	}

	private static @Nullable String system(@Nullable String system) {
		return Text.storable("system", system, Text.MAX_CONTENT);
	}

	private static String model(String model) {
		return String.valueOf(Text.storable("model", model, Text.MAX_MODEL));
	}

	private static String metadata(Map<String, String> metadata) {
		return String.valueOf(Text.storable("metadata", StoredJson.write(metadata), Text.MAX_METADATA));
	}

}
