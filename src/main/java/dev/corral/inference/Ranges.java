package dev.corral.inference;

/** Checks of parameters that clients choose. */
final class Ranges {

	private Ranges() {
	}

	/**
	 * @param condition comparisons that NaN fails, so that it is refused
	 * @throws InvalidParameter unless the condition holds
	 */
	static void require(boolean condition, String parameter, String range, Number actual) {
		if (!condition) {
			throw new InvalidParameter(parameter, "must be " + range + ", but is " + actual);
		}
	}

}
