package dev.corral.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A set of Unicode code points that can stand in UTF-8 text, so without surrogates. Immutable. */
final class CodePointSet {

	static final int MAX = Character.MAX_CODE_POINT;

	static final CodePointSet NONE = new CodePointSet(new int[0]);

	static final CodePointSet ALL = of(0, MAX);

	/** Pairs of first and last member, ascending, neither touching nor overlapping. */
	private final int[] bounds;

	private CodePointSet(int[] bounds) {
		this.bounds = bounds;
	}

	/** @param bounds pairs of first and last member, in any order */
	static CodePointSet of(int... bounds) {
		var ranges = new ArrayList<int[]>();
		for (int i = 0; i < bounds.length; i += 2) {
			int low = bounds[i];
			int high = bounds[i + 1];
			if (low <= Character.MAX_SURROGATE && high >= Character.MIN_SURROGATE) {
				addRange(ranges, low, Character.MIN_SURROGATE - 1);
				addRange(ranges, Character.MAX_SURROGATE + 1, high);
			} else {
				addRange(ranges, low, high);
			}
		}
		return merged(ranges);
	}

	private static void addRange(List<int[]> ranges, int low, int high) {
		if (low <= high) {
			ranges.add(new int[]{low, high});
		}
	}

	private static CodePointSet merged(List<int[]> ranges) {
		ranges.sort(Comparator.comparingInt(range -> range[0]));
		var bounds = new int[2 * ranges.size()];
		int size = 0;
		for (var range : ranges) {
			if (size > 0 && range[0] <= bounds[size - 1] + 1) {
				bounds[size - 1] = Math.max(bounds[size - 1], range[1]);
			} else {
				bounds[size++] = range[0];
				bounds[size++] = range[1];
			}
		}
		return new CodePointSet(Arrays.copyOf(bounds, size));
	}

	static CodePointSet single(int codePoint) {
		return of(codePoint, codePoint);
	}

	static CodePointSet union(List<CodePointSet> sets) {
		return of(sets.stream().flatMapToInt(set -> Arrays.stream(set.bounds)).toArray());
	}

	CodePointSet complement() {
		var rest = new int[bounds.length + 2];
		for (int i = 0; i < bounds.length; i += 2) {
			rest[i + 1] = bounds[i] - 1;
			rest[i + 2] = bounds[i + 1] + 1;
		}
		rest[rest.length - 1] = MAX;
		return of(rest);
	}

	CodePointSet minus(CodePointSet other) {
		return union(List.of(complement(), other)).complement();
	}

	boolean contains(int codePoint) {
		for (int i = 0; i < bounds.length; i += 2) {
			if (codePoint >= bounds[i] && codePoint <= bounds[i + 1]) {
				return true;
			}
		}
		return false;
	}

	boolean isEmpty() {
		return bounds.length == 0;
	}

	int ranges() {
		return bounds.length / 2;
	}

	int low(int range) {
		return bounds[2 * range];
	}

	int high(int range) {
		return bounds[2 * range + 1];
	}

}
