package dev.corral.generation;

import java.security.SecureRandom;

/** Names for calls, as OpenAI's look like. */
final class ToolCallIds {

	private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final int LENGTH = 24;

	private static final SecureRandom RANDOM = new SecureRandom();

	private ToolCallIds() {
	}

	static String next() {
		return RANDOM.ints(LENGTH, 0, CHARACTERS.length()).mapToObj(CHARACTERS::charAt)
				.collect(() -> new StringBuilder("call_"), StringBuilder::append, StringBuilder::append).toString();
	}

}
