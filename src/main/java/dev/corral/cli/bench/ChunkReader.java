package dev.corral.cli.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the server-sent events of one streamed chat completion as its bytes arrive. Each {@code data} line is one event, as all
 * servers of the OpenAI API write them.
 */
final class ChunkReader {

	private static final int MAX_LINE_BYTES = 1 << 20;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ReplyRecorder reply;

	private byte[] line = new byte[1024];

	private int length;

	ChunkReader(ReplyRecorder reply) {
		this.reply = reply;
	}

	/** @param now when these bytes arrived */
	void accept(byte[] bytes, long now) {
		for (byte next : bytes) {
			if (next == '\n') {
				line(new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing(), now);
				length = 0;
			} else if (length == MAX_LINE_BYTES) {
				malformed("a line of more than %d bytes".formatted(MAX_LINE_BYTES));
				return;
			} else {
				if (length == line.length) {
					line = Arrays.copyOf(line, 2 * length);
				}
				line[length++] = next;
			}
		}
	}

	private void line(String line, long now) {
		if (!line.startsWith("data:")) {
			return;
		}
		var data = line.substring("data:".length()).strip();
		if (data.isEmpty() || data.equals("[DONE]")) {
			return;
		}
		try {
			chunk(JSON.readTree(data), now);
		} catch (JacksonException broken) {
			malformed(data);
		}
	}

	private void chunk(JsonNode chunk, long now) {
		var error = chunk.path("error");
		if (!error.isMissingNode() && !error.isNull()) {
			reply.failed(new Failure(Failure.ERROR_EVENT, error.path("message").asString(error.toString())));
			return;
		}
		if (!chunk.path("choices").isArray()) {
			malformed(chunk.toString());
			return;
		}
		var choice = chunk.path("choices").path(0);
		reply.delta(choice.path("delta").path("content").asString(""), now);
		if (choice.path("finish_reason").isString()) {
			reply.finished(now);
		}
		var usage = chunk.path("usage");
		if (usage.isObject()) {
			reply.usage(usage.path("prompt_tokens").asInt(Sample.UNKNOWN),
					usage.path("prompt_tokens_details").path("cached_tokens").asInt(Sample.UNKNOWN),
					usage.path("completion_tokens").asInt(Sample.UNKNOWN));
		}
	}

	private void malformed(String what) {
		reply.failed(new Failure(Failure.MALFORMED, "not a chunk of a chat completion: " + what));
	}

}
