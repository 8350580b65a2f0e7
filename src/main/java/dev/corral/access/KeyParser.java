package dev.corral.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyLimits;
import dev.corral.access.keys.Role;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/** Reads what makes a key. */
final class KeyParser {

	private KeyParser() {
	}

	/** @throws InvalidParameter naming the field that is malformed or out of its range */
	static ApiKey parse(JsonFields fields) {
		var name = fields.requiredString("name").strip();
		var owner = fields.string("owner");
		var role = fields.string("role");
		return new ApiKey(name, owner == null ? name : owner.strip(), role == null ? Role.USER : Role.of(role),
				models(fields), expiry(fields), limits(fields.object("limits")));
	}

	private static KeyLimits limits(@Nullable JsonFields fields) {
		return fields == null
				? KeyLimits.DEFAULT
				: new KeyLimits(fields.longInteger("requests_per_minute"), fields.longInteger("tokens_per_minute"),
						fields.longInteger("concurrent_replies"), fields.longInteger("daily_tokens"));
	}

	private static Set<String> models(JsonFields fields) {
		var names = new HashSet<String>();
		var models = fields.array("models");
		if (models != null) {
			models.forEach(model -> names.add(model.string()));
		}
		return names;
	}

	private static @Nullable Instant expiry(JsonFields fields) {
		var text = fields.string("expires_at");
		if (text == null) {
			return null;
		}
		try {
			return OffsetDateTime.parse(text).toInstant();
		} catch (DateTimeException malformed) {
			throw fields.invalid("expires_at", "must be a time such as 2030-01-31T12:00:00Z");
		}
	}

}
