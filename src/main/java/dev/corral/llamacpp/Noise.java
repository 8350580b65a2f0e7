package dev.corral.llamacpp;

/**
 * Random numbers that depend on a seed and a position and nothing else, so that a reply can be repeated, or continued from the
 * middle by another engine.
 *
 * <p>The mixing function is the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", OOPSLA 2014).
 */
final class Noise {

	private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

	private Noise() {
	}

	/** A uniform number in [0, 1). */
	static double uniform(long seed, long position) {
		long z = mix(seed) + (position + 1) * GOLDEN_GAMMA;
		return (mix(z) >>> 11) * 0x1.0p-53;
	}

	private static long mix(long z) {
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}

}
