package dev.corral.inference;

import java.util.Arrays;

/** Brings vectors to the length 1 (Euclidean). */
public final class UnitVectors {

	private UnitVectors() {
	}

	/** The vector's direction; a vector of zeros stays one, and so does one that is not finite. */
	public static float[] normalized(double[] vector) {
		double squares = 0;
		for (double value : vector) {
			squares += value * value;
		}
		double length = Math.sqrt(squares);
		var unit = new float[vector.length];
		for (int i = 0; i < vector.length; i++) {
			unit[i] = length > 0 && length < Double.POSITIVE_INFINITY ? (float) (vector[i] / length) : 0;
		}
		return unit;
	}

	/** The first dimensions of a vector, at length 1 again. */
	public static float[] shortened(float[] vector, int dimensions) {
		var first = new double[dimensions];
		Arrays.setAll(first, i -> vector[i]);
		return normalized(first);
	}

}
