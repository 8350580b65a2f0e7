package dev.corral.anthropic;

import org.jspecify.annotations.Nullable;

import dev.corral.web.EventStream;

/** {@code MessageStreamEvent} of the Anthropic API: an event of a streamed reply. {@code type} is its name, too. */
sealed interface MessageEvent {

	String type();

	/** The bytes of the event. */
	default String frame() {
		return EventStream.event(type(), this);
	}

	record MessageStart(String type, MessageReply message) implements MessageEvent {

		MessageStart(MessageReply message) {
			this("message_start", message);
		}

	}

	record BlockStart(String type, int index, ContentBlock contentBlock) implements MessageEvent {

		BlockStart(int index, ContentBlock block) {
			this("content_block_start", index, block);
		}

	}

	record Ping(String type) implements MessageEvent {

		Ping() {
			this("ping");
		}

	}

	record BlockDelta(String type, int index, Object delta) implements MessageEvent {

		static BlockDelta text(int index, String text) {
			return new BlockDelta("content_block_delta", index, new TextDelta("text_delta", text));
		}

		static BlockDelta input(int index, String part) {
			return new BlockDelta("content_block_delta", index, new InputDelta("input_json_delta", part));
		}

	}

	record TextDelta(String type, String text) {
	}

	record InputDelta(String type, String partialJson) {
	}

	record BlockStop(String type, int index) implements MessageEvent {

		BlockStop(int index) {
			this("content_block_stop", index);
		}

	}

	/** How the reply ended; the usage is that of all of it. */
	record MessageDelta(String type, End delta, MessageUsage usage) implements MessageEvent {

		MessageDelta(End delta, MessageUsage usage) {
			this("message_delta", delta, usage);
		}

	}

	record End(String stopReason, @Nullable String stopSequence) {
	}

	record MessageStop(String type) implements MessageEvent {

		MessageStop() {
			this("message_stop");
		}

	}

}
