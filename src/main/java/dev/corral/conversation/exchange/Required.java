package dev.corral.conversation.exchange;

import java.lang.reflect.RecordComponent;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.BadConversation;

/** Finds parts that are missing from records that were read: whatever is {@code null} and may not be. */
final class Required {

	private Required() {
	}

	/** @throws BadConversation if the record, or one inside of it, lacks a part that is not {@link Nullable} */
	static void check(Record record) {
		for (var component : record.getClass().getRecordComponents()) {
			var value = value(record, component);
			if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
				throw new BadConversation("it lacks '%s' in a '%s'".formatted(component.getName(),
						record.getClass().getSimpleName()));
			}
			if (value instanceof Record inner) {
				check(inner);
			}
			if (value instanceof List<?> list) {
				list.stream().filter(Record.class::isInstance).map(Record.class::cast).forEach(Required::check);
			}
		}
	}

	private static @Nullable Object value(Record record, RecordComponent component) {
		try {
			return component.getAccessor().invoke(record);
		} catch (ReflectiveOperationException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

}
