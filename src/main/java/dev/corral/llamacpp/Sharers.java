package dev.corral.llamacpp;

/**
 * Names for those who share what was computed. What has slid up goes by another name than what was computed as it stands, so that
 * nobody comes upon it who has not asked for it.
 */
final class Sharers {

	private Sharers() {
	}

	/** Those of a tenant with the same salt. */
	static String of(String tenant, String cacheSalt) {
		return tenant.isEmpty() && cacheSalt.isEmpty() ? "" : tenant + '\0' + cacheSalt;
	}

	/**
	 * Those among these sharers who take what has slid up.
	 *
	 * @return a name that {@link #of} never gives and that differs for different sharers, whatever characters are in them: not empty, and
	 * without the character 0
	 */
	static String ofSlid(String sharers) {
		return "slid:" + sharers.replace("\1", "\1\1").replace("\0", "\1\2");
	}

}
