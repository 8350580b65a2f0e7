package dev.corral.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some rows of a longer list.
 *
 * @param next what {@link PageRequest#after} has to be for the rows that follow; {@code null} if there are none
 */
public record Page<T>(List<T> items, @Nullable String next) {

	public Page {
		items = List.copyOf(items);
	}

}
