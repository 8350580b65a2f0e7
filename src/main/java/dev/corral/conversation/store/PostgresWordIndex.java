package dev.corral.conversation.store;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Owner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * PostgreSQL's full-text search, without stemming since nobody knows the language. The last word may be the beginning of one. Where words have no
 * spaces between them, each character is a word, and what is searched for is a phrase of those. The index has the owner as one more word of each
 * row, so that it leads to nobody else's.
 *
 * <p>How long it takes must not depend on how common the words are. Few hits are all read, and their conversations put in order. If
 * there are many, the conversations are read in that order instead, and each is looked into until a page is full.
 */
record PostgresWordIndex(Database database) implements WordIndex {

	/** Most hits that are all read. */
	private static final int FEW = 250;

	/** Fewest characters that are taken for the beginning of a word. */
	private static final int SHORTEST_BEGINNING = 3;

	/** Characters that are words in the schema. */
	private static final Pattern IDEOGRAPHS = Pattern
			.compile("[\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\x{20000}-\\x{3ffff}]+");

	private static final String BY_HIT = """
		select distinct on (m.conversation) m.conversation as id, m.id as message from message m
		where m.words @@ cast(:owned as tsquery) order by m.conversation, m.created_at desc, m.depth desc, m.id desc""";

	/** What is compared with true is no use of the index, which would lead to all hits at once. */
	private static final String BY_CONVERSATION = """
		select c.id, hit.message from conversation c cross join lateral (
			select m.id as message from message m
			where m.conversation = c.id and (m.words @@ cast(:owned as tsquery)) is true
			order by m.created_at desc, m.depth desc, m.id desc limit 1) hit
		where c.owner = :owner and not c.words @@ cast(:owned as tsquery) %s
		order by c.updated_at desc, c.id desc limit :limit""";

	private static final String FOUND = """
		with titled as materialized (select c.id from conversation c where c.words @@ cast(:owned as tsquery)),
			said as materialized (%s),
			found as (select t.id, true as in_title, cast(null as uuid) as message from titled t
				union all select s.id, false, s.message from said s where s.id not in (select t.id from titled t))
		select %s, f.message from found f join conversation c on c.id = f.id where c.owner = :owner %s
		order by f.in_title desc, c.updated_at desc, c.id desc limit :limit""";

	private static final String AFTER = "and (%s, c.updated_at, c.id) < (:in_title, :updated, :id)";

	@Override
	public Flux<Found> find(Owner owner, String text, @Nullable Cursor after, int limit) {
		return queries(text).concatMap(words -> hits(words + " & " + word(owner)), 1).filter(Hits::any).next()
				.flatMapMany(hits -> find(owner, hits, after, limit));
	}

	private static String byConversation(@Nullable Cursor after) {
		return BY_CONVERSATION.formatted(after == null ? "" : AFTER.formatted("false"));
	}

	private Flux<Found> find(Owner owner, Hits hits, @Nullable Cursor after, int limit) {
		var said = hits.messages() <= FEW ? BY_HIT : byConversation(after);
		var statement = database.sql(FOUND.formatted(said, ConversationRow.COLUMNS,
				after == null ? "" : AFTER.formatted("f.in_title"))).bind("owner", owner.name())
				.bind("owned", hits.words()).bind("limit", limit);
		return (after == null
				? statement
				: statement.bind("in_title", after.first()).bind("updated", after.updatedAt()).bind("id", after.id()))
				.all(Found::read);
	}

	/**
	 * The text as a query of PostgreSQL's, which reads any characters; then as one whose last word is the beginning of one. That has all
	 * words beginning so looked up, among all owners', so it is asked only where the word itself is nowhere. None if there are no words.
	 */
	private Flux<String> queries(String text) {
		var phrases = IDEOGRAPHS.matcher(text).results().map(MatchResult::group).toList();
		var query = new StringBuilder("select cast(");
		for (int i = 0; i < phrases.size(); i++) {
			query.append("phraseto_tsquery('simple', corral_spaced(:phrase").append(i).append(")) && ");
		}
		var statement = database.sql(query.append("plainto_tsquery('simple', :text) as text) as words").toString())
				.bind("text", IDEOGRAPHS.matcher(text).replaceAll(" "));
		for (int i = 0; i < phrases.size(); i++) {
			statement = statement.bind("phrase" + i, phrases.get(i));
		}
		return statement.first(row -> ConversationRow.get(row, "words", String.class)).filter(words -> !words.isEmpty())
				.flatMapIterable(words -> lastWord(words) < SHORTEST_BEGINNING
						? List.of(words)
						: List.of(words, words + ":*"));
	}

	/** Length of the last word, which is in quotes. */
	private static int lastWord(String words) {
		return words.length() - words.lastIndexOf('\'', words.length() - 2) - 2;
	}

	/** As the schema has it, in the quotes of a query. */
	private static String word(Owner owner) {
		return "' " + owner.name().replace("\\", "\\\\").replace("'", "''") + "'";
	}

	private Mono<Hits> hits(String words) {
		return database.sql("""
			select (select count(*) from
				(select 1 from message m where m.words @@ cast(:words as tsquery) limit :most) hit) as messages,
				exists (select 1 from conversation c where c.words @@ cast(:words as tsquery)) as titles""")
				.bind("words", words).bind("most", FEW + 1)
				.first(row -> new Hits(words, ConversationRow.get(row, "messages", Long.class),
						ConversationRow.get(row, "titles", Boolean.class)));
	}

	/**
	 * What there is to be found.
	 *
	 * @param messages how many hold the words, counted no further than to one more than {@link #FEW}
	 * @param titles whether any holds them
	 */
	private record Hits(String words, long messages, boolean titles) {

		boolean any() {
			return messages > 0 || titles;
		}

	}

}
