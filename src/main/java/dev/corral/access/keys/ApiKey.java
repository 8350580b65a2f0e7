package dev.corral.access.keys;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.AllowedModels;
import dev.corral.inference.InvalidParameter;

/**
 * What a key is called and what it lets its bearer do. The secret is nowhere in it.
 *
 * @param name 1 to {@value #MAX_NAME} characters, none of them a control character
 * @param owner whose conversations the bearer has, within the same limits; several keys may have one owner
 * @param models names of the models that the bearer may use; empty for all
 * @param expiresAt when it ends to be good; {@code null} for never
 * @param limits how much it may use, where that is not what the configuration says for all
 */
public record ApiKey(String name, String owner, Role role, Set<String> models, @Nullable Instant expiresAt,
		KeyLimits limits) {

	/** As long as an owner's name may be. */
	public static final int MAX_NAME = 128;

	public static final int MAX_MODELS = 256;

	static final int MAX_MODEL_NAME = 128;

	/** Databases and people know no later years. */
	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	/** Separates the models' names where they are stored. */
	private static final String LINE = "\n";

	/** @throws InvalidParameter naming the part that is out of its limits */
	public ApiKey {
		check("name", name, MAX_NAME);
		check("owner", owner, MAX_NAME);
		models = Set.copyOf(models);
		if (models.size() > MAX_MODELS) {
			throw new InvalidParameter("models",
					"may have at most %d names, but has %d".formatted(MAX_MODELS, models.size()));
		}
		models.forEach(model -> check("models", model, MAX_MODEL_NAME));
		if (expiresAt != null && expiresAt.isAfter(LATEST)) {
			throw new InvalidParameter("expires_at", "must be before the year 10000");
		}
	}

	/** A key with the limits of all. */
	public ApiKey(String name, String owner, Role role, Set<String> models, @Nullable Instant expiresAt) {
		this(name, owner, role, models, expiresAt, KeyLimits.DEFAULT);
	}

	/** A key of somebody for themselves. */
	public static ApiKey of(String name, Role role) {
		return new ApiKey(name, name, role, Set.of(), null);
	}

	public boolean admin() {
		return role == Role.ADMIN;
	}

	public AllowedModels allowed() {
		return new AllowedModels(models);
	}

	public boolean expired(Instant now) {
		return expiresAt != null && !expiresAt.isAfter(now);
	}

	String modelLines() {
		return String.join(LINE, new TreeSet<>(models));
	}

	static Set<String> models(String lines) {
		return lines.lines().collect(Collectors.toSet());
	}

	private static void check(String part, String text, int most) {
		if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
			throw new InvalidParameter(part, "must have 1 to %d characters, not only blanks and no control characters"
					.formatted(most));
		}
	}

}
