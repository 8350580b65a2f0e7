package dev.corral.conversation;

/**
 * Whose a conversation is. Every question to the store names one, and what is another's is not found.
 *
 * @param name 1 to {@value #MAX_LENGTH} characters
 */
public record Owner(String name) {

	public static final int MAX_LENGTH = 128;

	public Owner {
		if (name.isEmpty() || name.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"an owner's name must have 1 to %d characters, but has %d".formatted(MAX_LENGTH, name.length()));
		}
	}

}
