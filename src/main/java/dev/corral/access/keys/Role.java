package dev.corral.access.keys;

import java.util.Arrays;
import java.util.Locale;

import dev.corral.inference.InvalidParameter;

/** What a key lets its bearer do beside seeing what is their own: administrators also see to the keys and the server. */
public enum Role {

	USER, ADMIN;

	/** As APIs, the configuration and the database write it. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * @throws InvalidParameter if there is no such role
	 */
	public static Role of(String id) {
		return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst()
				.orElseThrow(() -> new InvalidParameter("role", "must be user or admin"));
	}

}
