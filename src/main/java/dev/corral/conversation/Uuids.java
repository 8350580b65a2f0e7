package dev.corral.conversation;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/** Unique ids that grow with time, so that rows made together lie together in an index (UUID version 7, RFC 9562, section 5.7). */
final class Uuids {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int VERSION = 7;

	private static final Pattern PLAIN = Pattern
			.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");

	private static final Pattern DASHED = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private Uuids() {
	}

	static UUID next() {
		long time = System.currentTimeMillis();
		long high = time << 16 | VERSION << 12 | RANDOM.nextInt(1 << 12);
		long low = RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
		return new UUID(high, low);
	}

	/**
	 * Reads the form with dashes and the one without.
	 *
	 * @param what what the id names
	 * @throws NotFound if the text is neither
	 */
	static UUID parse(String what, String text) {
		var dashed = PLAIN.matcher(text).replaceFirst("$1-$2-$3-$4-$5");
		if (!DASHED.matcher(dashed).matches()) {
			throw new NotFound(what, text);
		}
		return UUID.fromString(dashed);
	}

}
