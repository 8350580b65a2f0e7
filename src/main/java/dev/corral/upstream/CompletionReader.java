package dev.corral.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.Rest;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.Timings;
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.Usage;
import tools.jackson.databind.JsonNode;

/**
 * Reads the events of a reply out of the chunks of a Corral's stream with token ids ({@code docs/openai-compatibility.md}). Trusts nothing:
 * a reply has its events in their order, or is {@link Unreadable}. Not safe for threads.
 */
final class CompletionReader {

	private final GenerationRequest request;

	private final LogprobsReader logprobs;

	private boolean admitted;

	private boolean processed;

	private int told;

	/** The end, until the chunk with the usage is there. */
	private @Nullable JsonNode last;

	private @Nullable Finished end;

	CompletionReader(GenerationRequest request, LogprobsReader logprobs) {
		this.request = request;
		this.logprobs = logprobs;
	}

	/**
	 * What a chunk tells.
	 *
	 * @throws Unreadable if it is none, or comes out of order
	 * @throws RuntimeException as of {@link Faults} if it is an error
	 */
	List<GenerationEvent> read(byte[] data) {
		if (data.length > 0 && data[0] == '[') {
			return List.of();
		}
		var chunk = WireJson.read(data);
		if (chunk.has("error")) {
			throw Faults.of(chunk.path("error"));
		}
		var choice = chunk.path("choices").path(0);
		var events = new ArrayList<GenerationEvent>(2);
		if (choice.isMissingNode()) {
			if (last == null || end != null) {
				throw new Unreadable("usage without an end");
			}
			end = finished(last, chunk.path("usage"));
			return List.of();
		}
		check(last == null, "a chunk after the last");
		if (!admitted) {
			admitted = true;
			events.add(new Admitted());
		}
		if (choice.has("prompt_tokens")) {
			check(!processed, "two prompts");
			processed = true;
			events.add(prompt(choice));
		} else if (choice.path("finish_reason").isString()) {
			last = choice;
		} else if (!choice.path("text").asString("").isEmpty()) {
			check(processed, "text before the prompt was read");
			events.add(delta(choice));
		}
		return events;
	}

	/**
	 * The terminal event, once the stream is over: only a connection that was read to its end can be used again.
	 *
	 * @throws Unreadable if there was none
	 */
	Finished end() {
		if (end == null) {
			throw new Unreadable("a reply without an end");
		}
		return end;
	}

	private PromptProcessed prompt(JsonNode choice) {
		var asked = CompletionBody.promptLogprobs(request);
		return new PromptProcessed(choice.path("prompt_tokens").asInt(0), choice.path("cached_tokens").asInt(0),
				asked == null ? List.of() : logprobs.read(choice.path("logprobs"), asked));
	}

	private TokenDelta delta(JsonNode choice) {
		var tokens = tokens(choice);
		return new TokenDelta(choice.path("text").asString(""), tokens, logprobs(choice, tokens));
	}

	private Finished finished(JsonNode last, JsonNode usage) {
		var tokens = tokens(last);
		return new Finished(switch (last.path("finish_reason").asString("")) {
			case "stop" -> FinishReason.STOP;
			case "length" -> FinishReason.LENGTH;
			default -> throw new Unreadable("a finish reason that there is not");
		}, new Usage(usage.path("prompt_tokens").asInt(0), usage.path("completion_tokens").asInt(0),
				usage.path("prompt_tokens_details").path("cached_tokens").asInt(0)), timings(last.path("timings")),
				last.path("stop_sequence").isString() ? last.path("stop_sequence").asString() : null,
				new Rest(tokens, logprobs(last, tokens)));
	}

	private static Timings timings(JsonNode nanos) {
		return new Timings(Duration.ofNanos(nanos.path("queue_nanos").asLong(0)),
				Duration.ofNanos(nanos.path("prefill_nanos").asLong(0)),
				Duration.ofNanos(nanos.path("decode_nanos").asLong(0)));
	}

	private List<Integer> tokens(JsonNode choice) {
		var tokens = new ArrayList<Integer>();
		choice.path("token_ids").forEach(id -> tokens.add(id.intValue()));
		told += tokens.size();
		check(told <= request.maxCompletionTokens(), "more tokens than were asked for");
		return tokens;
	}

	private List<TokenLogprob> logprobs(JsonNode choice, List<Integer> tokens) {
		var asked = request.logprobs();
		if (asked == null) {
			return List.of();
		}
		var read = logprobs.read(choice.path("logprobs"), asked);
		check(read.size() == tokens.size(), "other log-probabilities than tokens");
		return read;
	}

	private static void check(boolean right, String problem) {
		if (!right) {
			throw new Unreadable(problem);
		}
	}

}
