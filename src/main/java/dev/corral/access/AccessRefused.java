package dev.corral.access;

/** The server would let the wrong people in, or nobody, as it is configured. Ends start-up. */
final class AccessRefused extends RuntimeException {

	private final String remedy;

	/**
	 * @param message what is wrong, in whole sentences
	 * @param remedy what the operator can do about it, in whole sentences
	 */
	AccessRefused(String message, String remedy) {
		super(message);
		this.remedy = remedy;
	}

	String remedy() {
		return remedy;
	}

}
