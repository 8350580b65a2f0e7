package dev.corral.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

import dev.corral.inference.InvalidParameter;

/** The fields of a request's query, read strictly. An absent field and an empty one are the same; of several with one name the first counts. */
public final class QueryFields {

	private final MultiValueMap<String, String> query;

	public QueryFields(ServerHttpRequest request) {
		query = request.getQueryParams();
	}

	public @Nullable String string(String name) {
		var value = query.getFirst(name);
		return value == null || value.isEmpty() ? null : value;
	}

	public String string(String name, String absent) {
		var value = string(name);
		return value == null ? absent : value;
	}

	/** @throws InvalidParameter if it is missing */
	public String requiredString(String name) {
		var value = string(name);
		if (value == null) {
			throw new InvalidParameter(name, "is required");
		}
		return value;
	}

	/** @throws InvalidParameter if it is no whole number in decimal digits */
	public int integer(String name, int absent) {
		var value = string(name);
		if (value == null) {
			return absent;
		}
		if (!value.matches("-?[0-9]{1,9}")) {
			throw new InvalidParameter(name, "must be a whole number");
		}
		return Integer.parseInt(value);
	}

	/**
	 * The texts by key of a map, each of which is a field {@code name[key]}.
	 *
	 * @throws InvalidParameter if one has no key
	 */
	public Map<String, String> texts(String name) {
		var texts = new LinkedHashMap<String, String>();
		for (var field : query.keySet()) {
			if (field.equals(name) || field.startsWith(name + "[")) {
				int end = field.length() - 1;
				if (field.length() < name.length() + 3 || field.charAt(end) != ']') {
					throw new InvalidParameter(name, "must be asked for as %s[key]=text".formatted(name));
				}
				var text = query.getFirst(field);
				texts.put(field.substring(name.length() + 1, end), text == null ? "" : text);
			}
		}
		return texts;
	}

	/** @throws InvalidParameter if it is neither {@code true} nor {@code false} */
	public boolean flag(String name) {
		return switch (string(name, "false")) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new InvalidParameter(name, "must be true or false");
		};
	}

}
