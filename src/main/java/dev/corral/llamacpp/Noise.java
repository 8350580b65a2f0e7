package dev.corral.llamacpp;

/**
 * Random numbers that depend on a seed, a stream and a position and nothing else, so that a reply can be repeated, or continued from
 * the middle by another engine.
 *
 * <p>The mixing function is the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", OOPSLA 2014).
 */
final class Noise {

	private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

	/** What moves a seed to its next stream: an odd number without a pattern, so that neighbouring seeds do not meet. */
	private static final long STREAM_GAMMA = 0xd1342543de82ef95L;

	private Noise() {
	}

	/** What is decided by the number; decisions at one position are independent of each other. */
	enum Stream {

		/** Which of the tokens. */
		DRAW,

		/** Whether top choices are excluded. */
		XTC

	}

	/** A uniform number in [0, 1). */
	static double uniform(long seed, Stream stream, long position) {
		long z = mix(seed + stream.ordinal() * STREAM_GAMMA) + (position + 1) * GOLDEN_GAMMA;
		return (mix(z) >>> 11) * 0x1.0p-53;
	}

	private static long mix(long z) {
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}

}
