package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How llama.cpp takes the tokens of a decode call apart. Each pass reads all weights. Where the sequences share a buffer it is one
 * pass. Where each has its own, a pass takes the same number of tokens from each of a row of neighbouring slots, and what is left of
 * the longer ones comes in further passes ({@code llama_batch_allocr::split_equal} of src/llama-batch.cpp in llama.cpp v0.5.0).
 */
final class DecodePasses {

	private final boolean separate;

	/** @param separate whether each slot has a buffer of its own */
	DecodePasses(boolean separate) {
		this.separate = separate;
	}

	/** The tokens of each pass. */
	List<Integer> of(List<Part> parts) {
		if (!separate) {
			return List.of(parts.stream().mapToInt(Part::tokens).sum());
		}
		var bySlot = parts.stream().sorted(Comparator.comparingInt(Part::slot)).toList();
		var left = bySlot.stream().mapToInt(Part::tokens).toArray();
		var passes = new ArrayList<Integer>();
		for (int first = next(left, 0); first < left.length; first = next(left, first)) {
			int end = first + 1;
			while (end < left.length && left[end] > 0 && bySlot.get(end).slot() == bySlot.get(end - 1).slot() + 1) {
				end++;
			}
			int each = Arrays.stream(left, first, end).min().orElseThrow();
			for (int i = first; i < end; i++) {
				left[i] -= each;
			}
			passes.add(each * (end - first));
		}
		return passes;
	}

	private static int next(int[] left, int from) {
		int next = from;
		while (next < left.length && left[next] == 0) {
			next++;
		}
		return next;
	}

	/** Tokens of one slot, at least 1. */
	record Part(int slot, int tokens) {
	}

}
