package dev.corral.access.keys;

/**
 * A key that was just made.
 *
 * @param secret what its bearer sends; it is told this once
 */
public record NewKey(StoredKey stored, String secret) {

	/** The record's own would show the secret in a log. */
	@Override
	public String toString() {
		return "NewKey[stored=%s]".formatted(stored);
	}

}
