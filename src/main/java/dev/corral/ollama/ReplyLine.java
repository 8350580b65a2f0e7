package dev.corral.ollama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.TokenLogprob;
import dev.corral.web.TokenBytes;

/**
 * {@code ChatResponse} or {@code GenerateResponse} of Ollama's API: a part of a reply, or the end of one.
 *
 * @param createdAt when it was written, in RFC 3339
 * @param message what came, where messages are asked for
 * @param response what came, where a prompt is continued
 * @param doneReason why the reply ended
 * @param measured what the reply took
 * @param logprobs how likely the tokens were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplyLine(String model, String createdAt, @Nullable Said message, @Nullable String response, boolean done,
		@Nullable String doneReason, @JsonUnwrapped @Nullable Measured measured, @Nullable List<Logprob> logprobs) {

	static ReplyLine part(String model, Shape shape, Said said) {
		return line(model, shape, said, false, null, null);
	}

	static ReplyLine end(String model, Shape shape, Said said, String reason, @Nullable Measured measured) {
		return line(model, shape, said, true, reason, measured);
	}

	private static ReplyLine line(String model, Shape shape, Said said, boolean done, @Nullable String reason,
			@Nullable Measured measured) {
		boolean message = shape == Shape.MESSAGE;
		return new ReplyLine(model, Instant.now().toString(), message ? said : null, message ? null : said.content(),
				done, reason, measured, null);
	}

	/** The same with how likely its tokens were; nothing where that was not asked for. */
	ReplyLine withLogprobs(List<Logprob> tokens) {
		return tokens.isEmpty()
				? this
				: new ReplyLine(model, createdAt, message, response, done, doneReason, measured, tokens);
	}

	/**
	 * {@code Logprob} of Ollama's API.
	 *
	 * @param bytes absent for control tokens
	 * @param topLogprobs absent for the most likely tokens themselves, and where none were asked for
	 */
	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	record Logprob(@JsonInclude(JsonInclude.Include.ALWAYS) String token, double logprob, int @Nullable [] bytes,
			List<Logprob> topLogprobs) {

		static Logprob of(TokenLogprob token) {
			return new Logprob(TokenBytes.text(token.bytes()), token.logprob(), TokenBytes.unsigned(token.bytes()),
					token.top().stream().map(top -> new Logprob(TokenBytes.text(top.bytes()), top.logprob(),
							TokenBytes.unsigned(top.bytes()), List.of())).toList());
		}

	}

	/** Which of the two responses it is. */
	enum Shape {

		MESSAGE, RESPONSE

	}

	/** A message of the assistant. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Said(String role, String content, @Nullable List<Call> toolCalls) {

		static Said text(String content) {
			return new Said("assistant", content, null);
		}

		static Said of(String content, List<Call> calls) {
			return new Said("assistant", content, calls.isEmpty() ? null : List.copyOf(calls));
		}

	}

	/** A call of a tool. */
	record Call(String id, Function function) {
	}

	/**
	 * What is called.
	 *
	 * @param index of the call within the reply
	 * @param arguments a JSON object
	 */
	record Function(int index, String name, Object arguments) {
	}

	/** Durations are in nanoseconds, counts in tokens. Models are not loaded on demand, so that takes no time. */
	record Measured(long totalDuration, long loadDuration, int promptEvalCount, long promptEvalDuration, int evalCount,
			long evalDuration) {

		static Measured of(Finished finished) {
			var timings = finished.timings();
			Duration total = timings.queue().plus(timings.prefill()).plus(timings.decode());
			return new Measured(total.toNanos(), 0, finished.usage().promptTokens(), timings.prefill().toNanos(),
					finished.usage().completionTokens(), timings.decode().toNanos());
		}

	}

}
