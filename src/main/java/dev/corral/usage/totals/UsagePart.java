package dev.corral.usage.totals;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import dev.corral.inference.InvalidParameter;

/** What the totals of a day can be told apart by. */
public enum UsagePart {

	OWNER("owner"), KEY("key_name"), MODEL("model");

	private final String column;

	UsagePart(String column) {
		this.column = column;
	}

	String column() {
		return column;
	}

	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** @throws InvalidParameter if one of the names is none of these */
	public static Set<UsagePart> of(Collection<String> ids) {
		var parts = EnumSet.noneOf(UsagePart.class);
		ids.forEach(id -> parts.add(Arrays.stream(values()).filter(part -> part.id().equals(id)).findFirst()
				.orElseThrow(
						() -> new InvalidParameter("by", "may name owner, key and model, with commas between them"))));
		return parts;
	}

}
