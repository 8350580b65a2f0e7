package dev.corral.cli.bench;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes texts of random words, about as long as wanted in tokens of the model that is measured. A text depends on the seed and its
 * key only, and begins with letters of its own, so that no prefix cache knows it unless it was sent before. The tokens are those
 * of the text; the conversation template adds its own.
 */
final class Prompts {

	/** First parts of keys: texts of different use never are the same. */
	static final int CALIBRATION = 0;

	static final int WARM_UP = 1;

	static final int SYSTEM = 2;

	static final int MESSAGE = 3;

	static final int LONG_MESSAGE = 4;

	private static final int CALIBRATION_WORDS = 40;

	private static final int NONCE_LETTERS = 6;

	/** Where a target does not tell; usual for English and vocabularies of 32 000 tokens. */
	private static final double USUAL_CHARACTERS_PER_TOKEN = 4;

	private static final List<String> WORDS = List.of("time", "year", "people", "way", "day", "man", "thing", "woman",
			"life", "child", "world", "school", "state", "family", "student", "group", "country", "problem", "hand",
			"part", "place", "case", "week", "company", "system", "program", "question", "work", "number", "night",
			"point", "home", "water", "room", "mother", "area", "money", "story", "fact", "month", "lot", "right",
			"study", "book", "eye", "job", "word", "business", "issue", "side", "kind", "head", "house", "service",
			"friend", "father", "power", "hour", "game", "line", "end", "member", "law", "car", "city", "name", "team",
			"minute", "idea", "body", "back", "parent", "face", "level", "office", "door", "health", "person", "art",
			"war", "history", "party", "result", "change", "morning", "reason", "research", "girl", "guy", "moment",
			"air", "teacher", "force", "and", "the", "of", "in", "is", "about", "with", "from", "good", "new", "old",
			"great", "small", "large", "long", "early", "young", "public", "able", "find", "give", "tell", "ask",
			"seem", "feel", "try", "leave", "call", "keep", "let", "begin", "help", "show", "hear", "play", "run",
			"move", "live", "believe", "bring", "write", "sit", "stand", "lose", "pay", "meet", "learn", "lead",
			"watch", "follow", "stop", "speak", "read", "allow", "add", "grow", "open", "walk", "win", "offer",
			"remember", "love", "consider", "appear", "buy", "wait", "serve", "send", "expect", "build", "stay", "fall",
			"reach", "remain");

	private final long seed;

	private final double charactersPerToken;

	Prompts(long seed, double charactersPerToken) {
		this.seed = seed;
		this.charactersPerToken = charactersPerToken;
	}

	/**
	 * Learns from two requests how many characters a token has.
	 *
	 * @throws BenchFailed if the target does not answer them
	 */
	static Prompts calibrate(Target target, Statistics statistics, long seed) {
		var shorter = words(CALIBRATION_WORDS, keyed(seed, CALIBRATION, 0));
		var longer = words(6 * CALIBRATION_WORDS, keyed(seed, CALIBRATION, 1));
		int fewer = tokens(target, shorter);
		int more = tokens(target, longer);
		if (fewer < 0 || more <= fewer) {
			statistics.note("the target does not count prompt tokens; %.0f characters are taken for one"
					.formatted(USUAL_CHARACTERS_PER_TOKEN));
			return new Prompts(seed, USUAL_CHARACTERS_PER_TOKEN);
		}
		return new Prompts(seed, (double) (longer.length() - shorter.length()) / (more - fewer));
	}

	private static int tokens(Target target, String text) {
		var sample = target.send(Call.of("calibration", text, 1, 0), () -> {
		});
		var failure = sample.failure();
		if (failure != null) {
			throw new BenchFailed("%s does not answer a first request, %s: %s".formatted(target.name(), failure.kind(),
					failure.detail()));
		}
		return sample.promptTokens();
	}

	/** @param key what tells this text from all others */
	String text(int tokens, long... key) {
		var random = keyed(seed, key);
		var text = new StringBuilder();
		for (int i = 0; i < NONCE_LETTERS; i++) {
			text.append((char) ('a' + random.nextInt(26)));
		}
		double length = tokens * charactersPerToken;
		for (var word = word(random); text.length() + word.length() / 2.0 < length; word = word(random)) {
			text.append(' ').append(word);
		}
		return text.toString();
	}

	/** A random sequence of its own for each key. */
	SplittableRandom random(long... key) {
		return keyed(seed, key);
	}

	private static SplittableRandom keyed(long seed, long... key) {
		long mixed = seed;
		for (long part : key) {
			mixed = new SplittableRandom(mixed ^ part * 0x9E3779B97F4A7C15L).nextLong();
		}
		return new SplittableRandom(mixed);
	}

	private static String words(int words, SplittableRandom random) {
		var text = new StringBuilder(word(random));
		for (int i = 1; i < words; i++) {
			text.append(' ').append(word(random));
		}
		return text.toString();
	}

	private static String word(SplittableRandom random) {
		return WORDS.get(random.nextInt(WORDS.size()));
	}

}
