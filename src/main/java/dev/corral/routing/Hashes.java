package dev.corral.routing;

/** Quick hashes that are the same in every process. Nothing may depend on nobody finding collisions. */
final class Hashes {

	/** 2^64 divided by the golden ratio, to the next odd number (Knuth, The Art of Computer Programming 3, 6.4). */
	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private Hashes() {
	}

	static long of(String text) {
		long hash = text.length();
		for (int i = 0; i < text.length(); i++) {
			hash = step(hash, text.charAt(i));
		}
		return hash;
	}

	/** The hash of what was hashed before and this. */
	static long step(long hash, long next) {
		long mixed = (hash + next + 1) * GOLDEN;
		mixed = (mixed ^ mixed >>> 29) * GOLDEN;
		return mixed ^ mixed >>> 32;
	}

}
