package dev.corral.responses;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.responses.Item.OutputText;
import dev.corral.web.ApiError;
import dev.corral.web.EventStream;

/**
 * {@code ResponseStreamEvent} of the OpenAI API: an event of a streamed response. {@code type} is its name, too. Numbers grow, but not by
 * one: a delta has the number of its last character, so that events have the same numbers however the text is cut into deltas, and a
 * reader who comes back is told exactly the rest.
 */
sealed interface ResponseEvent {

	String type();

	int sequenceNumber();

	/** The bytes of the event. */
	default String frame() {
		return EventStream.event(type(), this);
	}

	/** Where the response is: {@code created} and {@code in_progress} at its beginning, and how it has ended. */
	record Of(String type, int sequenceNumber, ResponseObject response) implements ResponseEvent {
	}

	/** An item begins or is whole. */
	record OfItem(String type, int sequenceNumber, int outputIndex, Item item) implements ResponseEvent {
	}

	/** The text of a message begins or is whole. */
	record OfPart(String type, int sequenceNumber, String itemId, int outputIndex, int contentIndex,
			OutputText part) implements ResponseEvent {
	}

	/** More text. */
	record TextDelta(String type, int sequenceNumber, String itemId, int outputIndex, int contentIndex, String delta,
			List<Object> logprobs) implements ResponseEvent {
	}

	/** The whole text. */
	record TextDone(String type, int sequenceNumber, String itemId, int outputIndex, int contentIndex, String text,
			List<Object> logprobs) implements ResponseEvent {
	}

	/** Arguments of a call. */
	record ArgumentsDelta(String type, int sequenceNumber, String itemId, int outputIndex,
			String delta) implements ResponseEvent {
	}

	/** All arguments of a call. */
	record ArgumentsDone(String type, int sequenceNumber, String itemId, int outputIndex, String name,
			String arguments) implements ResponseEvent {
	}

	/** The stream cannot go on; the response may. */
	record Broken(String type, int sequenceNumber, @Nullable String code, String message,
			@Nullable String param) implements ResponseEvent {

		static Broken of(ApiError error, int sequenceNumber) {
			return new Broken("error", sequenceNumber, error.code(), error.message(), error.param());
		}

	}

}
