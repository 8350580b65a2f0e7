package dev.corral.contextwindow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds turns that matter for a message by the words that they share with it.
 *
 * <p>The ranking is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) with its usual constants.
 * A word's weight is the logarithm of one more than its odds, which is never negative, so that a word also counts where most turns have
 * it. Stateless; takes time in proportion to the texts.
 */
public final class RecallRanking {

	/** How soon more of the same word stops counting. */
	private static final double SATURATION = 1.2;

	/** How much a text's length counts against it: 0 not at all, 1 in proportion. */
	private static final double LENGTH_WEIGHT = 0.75;

	/** Part of the best score that a turn must have. What shares no more with the message than "what is" would only fill the window. */
	private static final double LEAST_OF_BEST = 0.5;

	/** Most different words of the message that are looked for; more cannot make the choice better. */
	private static final int MOST_WORDS = 512;

	private RecallRanking() {
	}

	/**
	 * A turn that was left out.
	 *
	 * @param text all that was said in it
	 * @param tokens its size in a prompt
	 */
	public record Candidate(String text, int tokens) {
	}

	/**
	 * The turns to bring back: the best that fit together, of two equals the newer; none that shares no word with the message, or matters
	 * less than half as much as the best.
	 *
	 * @param message the newest message
	 * @param leftOut in the order of the conversation
	 * @param mostTokens of all that is brought back
	 * @return their indices, in the order of the conversation
	 */
	public static List<Integer> pick(String message, List<Candidate> leftOut, int mostTokens) {
		double[] scores = scores(message, leftOut.stream().map(Candidate::text).toList());
		double least = Arrays.stream(scores).max().orElse(0) * LEAST_OF_BEST;
		var ranked = new ArrayList<Integer>();
		for (int i = 0; i < scores.length; i++) {
			if (scores[i] > 0 && scores[i] >= least) {
				ranked.add(i);
			}
		}
		ranked.sort(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(Comparator.reverseOrder()));
		var picked = new ArrayList<Integer>();
		long room = mostTokens;
		for (int i : ranked) {
			int tokens = leftOut.get(i).tokens();
			if (tokens <= room) {
				picked.add(i);
				room -= tokens;
			}
		}
		picked.sort(null);
		return picked;
	}

	/** How well each text fits the message; 0 where they share no word. */
	static double[] scores(String message, List<String> texts) {
		var wanted = new HashMap<String, Integer>();
		Words.forEach(message, word -> {
			if (wanted.size() < MOST_WORDS) {
				wanted.putIfAbsent(word, wanted.size());
			}
		});
		var counts = texts.stream().map(text -> Counts.of(text, wanted)).toList();
		double meanLength = counts.stream().mapToInt(Counts::length).average().orElse(0);
		int[] textsWith = new int[wanted.size()];
		counts.forEach(count -> count.ofWord.keySet().forEach(word -> textsWith[word]++));
		return counts.stream().mapToDouble(count -> count.score(textsWith, texts.size(), meanLength)).toArray();
	}

	/**
	 * How often a text has the words that are looked for.
	 *
	 * @param length all its words
	 */
	private record Counts(Map<Integer, Integer> ofWord, int length) {

		static Counts of(String text, Map<String, Integer> wanted) {
			var ofWord = new HashMap<Integer, Integer>();
			int[] length = {0};
			Words.forEach(text, word -> {
				length[0]++;
				var index = wanted.get(word);
				if (index != null) {
					ofWord.merge(index, 1, Integer::sum);
				}
			});
			return new Counts(ofWord, length[0]);
		}

		double score(int[] textsWith, int texts, double meanLength) {
			double norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / Math.max(meanLength, 1));
			return ofWord.entrySet().stream().mapToDouble(entry -> {
				int with = textsWith[entry.getKey()];
				double weight = Math.log1p((texts - with + 0.5) / (with + 0.5));
				return weight * entry.getValue() * (SATURATION + 1) / (entry.getValue() + norm);
			}).sum();
		}

	}

}
