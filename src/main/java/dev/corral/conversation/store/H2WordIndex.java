package dev.corral.conversation.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Owner;
import reactor.core.publisher.Flux;

/**
 * No index at all: it reads an owner's texts. H2 indexes words with Lucene only, and a database in a file is that of a few people. Finds
 * parts of words too.
 */
record H2WordIndex(Database database) implements WordIndex {

	@Override
	public Flux<Found> find(Owner owner, String text, @Nullable Cursor after, int limit) {
		var words = Excerpt.words(text);
		if (words.isEmpty()) {
			return Flux.empty();
		}
		var statement = database
				.sql("""
					select %s, case when c.in_title then null else (select m.id from message m
						where m.conversation = c.id and %s order by m.created_at desc, m.depth desc, m.id limit 1) end as message
					from (select c.*, coalesce(%s, false) as in_title from conversation c where c.owner = :owner) c
					where (c.in_title or exists (select 1 from message m where m.conversation = c.id and %s)) %s
					order by c.in_title desc, c.updated_at desc, c.id desc limit :limit"""
						.formatted(ConversationRow.COLUMNS,
								holds("m.content", words), holds("c.title", words), holds("m.content", words),
								after == null
										? ""
										: "and (c.in_title, c.updated_at, c.id) < (:in_title, :updated, :id)"))
				.bind("owner", owner.name()).bind("limit", limit);
		for (int word = 0; word < words.size(); word++) {
			statement = statement.bind("word" + word, "%" + words.get(word).toLowerCase(Locale.ROOT) + "%");
		}
		return (after == null
				? statement
				: statement.bind("in_title", after.first()).bind("updated", after.updatedAt()).bind("id", after.id()))
				.all(Found::read);
	}

	/** Words have letters and digits alone, nothing that means something to {@code like}. */
	private static String holds(String column, List<String> words) {
		return IntStream.range(0, words.size()).mapToObj(word -> "lower(%s) like :word%d".formatted(column, word))
				.collect(Collectors.joining(" and "));
	}

}
