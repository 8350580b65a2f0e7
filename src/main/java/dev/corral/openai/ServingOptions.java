package dev.corral.openai;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/**
 * Whose request it is and how urgent; components as in {@link GenerationRequest}.
 */
record ServingOptions(int priority, String tenant, String cacheSalt) {

	static final int MAX_SALT_CHARACTERS = 128;

	/**
	 * @throws InvalidParameter naming the field that is out of its range
	 */
	static ServingOptions parse(JsonFields fields) {
		return new ServingOptions(priority(fields), tenant(fields), cacheSalt(fields));
	}

	/** Here as in vLLM the lower number is served first; behind the edge it is the higher. */
	private static int priority(JsonFields fields) {
		var given = fields.integer("priority");
		int most = GenerationRequest.MAX_PRIORITY;
		if (given != null && (given < -most || given > most)) {
			throw fields.invalid("priority", "must be between %d and %d, but is %d".formatted(-most, most, given));
		}
		return given == null ? 0 : -given;
	}

	/** Of the API's two names for an end user, {@code safety_identifier} replaces {@code user}. */
	private static String tenant(JsonFields fields) {
		var identifier = fields.string("safety_identifier");
		var user = identifier == null ? fields.string("user") : identifier;
		return user == null ? "" : user;
	}

	/** vLLM's {@code cache_salt}: only requests with the same one may share cached prefixes. */
	private static String cacheSalt(JsonFields fields) {
		var salt = fields.string("cache_salt");
		if (salt != null && (salt.isEmpty() || salt.length() > MAX_SALT_CHARACTERS)) {
			throw fields.invalid("cache_salt",
					"must have 1 to %d characters, but has %d".formatted(MAX_SALT_CHARACTERS, salt.length()));
		}
		return salt == null ? "" : salt;
	}

}
