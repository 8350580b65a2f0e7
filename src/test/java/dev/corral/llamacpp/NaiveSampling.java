package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import dev.corral.inference.Truncation;

/** The filters of a sampler written straight from their definitions: everything is sorted and computed anew at each step. */
final class NaiveSampling {

	private record Entry(int token, double logit) {
	}

	private final int vocabulary;

	private List<Entry> entries;

	/** The tokens from the most to the least likely; of equally likely ones the lower id first. */
	NaiveSampling(float[] logits) {
		vocabulary = logits.length;
		entries = IntStream.range(0, logits.length).filter(token -> logits[token] > Float.NEGATIVE_INFINITY)
				.mapToObj(token -> new Entry(token, logits[token]))
				.sorted(Comparator.comparingDouble(Entry::logit).reversed().thenComparingInt(Entry::token)).toList();
	}

	NaiveSampling truncate(Truncation truncation) {
		if (truncation.topNSigma() > 0) {
			double mean = entries.stream().mapToDouble(Entry::logit).average().orElseThrow();
			double variance = entries.stream().mapToDouble(entry -> Math.pow(entry.logit() - mean, 2)).average()
					.orElseThrow();
			double least = entries.getFirst().logit() - truncation.topNSigma() * Math.sqrt(variance);
			entries = entries.stream().filter(entry -> entry.logit() >= least).toList();
		}
		if (truncation.topK() > 0) {
			entries = entries.subList(0, Math.min(truncation.topK(), entries.size()));
		}
		if (truncation.typicalP() < 1) {
			double entropy = entries.stream().mapToDouble(this::probability).map(p -> p == 0 ? 0 : -p * Math.log(p))
					.sum();
			var typical = entries.stream().sorted(Comparator
					.comparingDouble((Entry entry) -> Math.abs(-Math.log(probability(entry)) - entropy))).toList();
			var kept = untilReached(typical, truncation.typicalP());
			entries = entries.stream().filter(kept::contains).toList();
		}
		if (truncation.topP() < 1) {
			entries = untilReached(entries, truncation.topP());
		}
		if (truncation.minP() > 0) {
			double least = truncation.minP() * probability(entries.getFirst());
			entries = entries.stream().filter(entry -> probability(entry) >= least).toList();
		}
		return this;
	}

	private List<Entry> untilReached(List<Entry> ordered, double share) {
		var kept = new ArrayList<Entry>();
		double sum = 0;
		for (int i = 0; i < ordered.size() && sum < share; i++) {
			kept.add(ordered.get(i));
			sum += probability(ordered.get(i));
		}
		return kept;
	}

	NaiveSampling excludeTopChoices(double threshold) {
		int last = -1;
		for (int i = 0; i < entries.size(); i++) {
			if (probability(entries.get(i)) >= threshold) {
				last = i;
			}
		}
		entries = entries.subList(Math.max(0, last), entries.size());
		return this;
	}

	NaiveSampling temper(double temperature) {
		entries = entries.stream().map(entry -> new Entry(entry.token(), entry.logit() / temperature)).toList();
		return this;
	}

	/** By token. */
	double[] probabilities() {
		var probabilities = new double[vocabulary];
		entries.forEach(entry -> probabilities[entry.token()] = probability(entry));
		return probabilities;
	}

	private double probability(Entry entry) {
		return 1 / entries.stream().mapToDouble(other -> Math.exp(other.logit() - entry.logit())).sum();
	}

}
