package dev.corral.conversation.store;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Owner;
import reactor.core.publisher.Flux;

/** PostgreSQL's full-text search, without stemming since nobody knows the language. The last word may be the beginning of one. */
record PostgresWordIndex(Database database) implements WordIndex {

	@Override
	public Flux<Found> find(Owner owner, String text, @Nullable Cursor after, int limit) {
		var statement = database
				.sql("""
					with q as (select plainto_tsquery('simple', :text) as words)
					select %s, case when c.in_title then null else (select m.id from message m
						where m.conversation = c.id and m.words @@ (select words from q)
						order by m.created_at desc, m.depth desc, m.id limit 1) end as message
					from (select c.*, c.words @@ (select words from q) as in_title from conversation c where c.owner = :owner) c
					where (c.in_title or exists (select 1 from message m where m.conversation = c.id and m.words @@ (select words from q))) %s
					order by c.in_title desc, c.updated_at desc, c.id desc limit :limit"""
						.formatted(ConversationRow.COLUMNS,
								after == null
										? ""
										: "and (c.in_title, c.updated_at, c.id) < (:in_title, :updated, :id)"))
				.bind("owner", owner.name()).bind("text", text).bind("limit", limit);
		return (after == null
				? statement
				: statement.bind("in_title", after.first()).bind("updated", after.updatedAt()).bind("id", after.id()))
				.all(Found::read);
	}

}
