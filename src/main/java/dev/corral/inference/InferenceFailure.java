package dev.corral.inference;

import java.time.Duration;

/**
 * Why a request could not be served. {@link #kind()} is a closed, low-cardinality label for metrics and error codes; the
 * message states the limit, the actual value and the remedy, and is meant for the client.
 */
public abstract sealed class InferenceFailure extends RuntimeException {

	private final Kind kind;

	private InferenceFailure(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	public Kind kind() {
		return kind;
	}

	/** The closed set of failures. */
	public enum Kind {

		PROMPT_TOO_LONG, PROMPT_EMPTY, QUEUE_FULL, QUEUE_TIMEOUT, RATE_LIMIT_EXCEEDED, MODEL_NOT_FOUND, MODEL_LOADING, MODEL_FAILED, ENGINE_CLOSED, DECODE_FAILED, WORKER_LOST

	}

	/** The prompt leaves too little room in the context window for a reply. */
	public static final class PromptTooLong extends InferenceFailure {

		private final String parameter;

		public PromptTooLong(int promptTokens, int contextTokens) {
			this("messages", promptTokens, contextTokens);
		}

		/** @param parameter the request's field that the prompt came in */
		public PromptTooLong(String parameter, int promptTokens, int contextTokens) {
			this(parameter, promptTokens, contextTokens, 1);
		}

		/**
		 * @param parameter the request's field that the prompt came in
		 * @param replyTokens least room that a reply is given
		 */
		public PromptTooLong(String parameter, int promptTokens, int contextTokens, int replyTokens) {
			super(Kind.PROMPT_TOO_LONG,
					"This model's context window is %d tokens, but the prompt has %d tokens and at least %s must be left for the reply. Shorten the %s."
							.formatted(contextTokens, promptTokens, replyTokens == 1 ? "one" : replyTokens, parameter));
			this.parameter = parameter;
		}

		public String parameter() {
			return parameter;
		}

	}

	/** There is nothing to continue from: the prompt has no tokens. */
	public static final class PromptEmpty extends InferenceFailure {

		public PromptEmpty() {
			super(Kind.PROMPT_EMPTY, "The prompt has no tokens. Send at least one message with text.");
		}

	}

	/** The waiting queue has no room; the request was never queued. */
	public static final class QueueFull extends InferenceFailure {

		private final int limit;

		public QueueFull(int limit) {
			super(Kind.QUEUE_FULL,
					"The queue of this model holds its limit of %d waiting requests. Retry later.".formatted(limit));
			this.limit = limit;
		}

		/** Most requests that may wait. */
		public int limit() {
			return limit;
		}

	}

	/** The request waited in the queue for as long as is allowed; nothing was generated. */
	public static final class QueueTimeout extends InferenceFailure {

		public QueueTimeout(Duration limit) {
			super(Kind.QUEUE_TIMEOUT,
					"The request waited for its limit of %d ms without being served. Retry later."
							.formatted(limit.toMillis()));
		}

	}

	/** The caller has used up what it may use in a time; nothing was generated. */
	public static final class RateLimitExceeded extends InferenceFailure {

		private final Duration retryAfter;

		/**
		 * @param what what is limited, such as "tokens per minute"
		 * @param limit most that there may be
		 * @param actual how much there would have been with this request
		 * @param retryAfter how soon a request of this size can be let in, if nothing else comes meanwhile; rounded up to whole seconds
		 */
		public RateLimitExceeded(String what, long limit, long actual, Duration retryAfter) {
			super(Kind.RATE_LIMIT_EXCEEDED,
					"This API key may use %d %s, but with this request it would be %d. Retry in %d s.".formatted(limit,
							what, actual, seconds(retryAfter)));
			this.retryAfter = Duration.ofSeconds(seconds(retryAfter));
		}

		private static long seconds(Duration time) {
			return Math.max(1, time.plusNanos(999_999_999).toSeconds());
		}

		/** In whole seconds, at least one. */
		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/** No configured model has this name. */
	public static final class ModelNotFound extends InferenceFailure {

		public ModelNotFound(String model) {
			super(Kind.MODEL_NOT_FOUND,
					"The model '%s' does not exist. GET /v1/models lists the models served here.".formatted(model));
		}

	}

	/** The model is configured and still being loaded. */
	public static final class ModelLoading extends InferenceFailure {

		public ModelLoading(String model) {
			super(Kind.MODEL_LOADING, "The model '%s' is still loading. Retry shortly.".formatted(model));
		}

	}

	/** The model is configured and could not be loaded; the reason is the operator's, see the server log. */
	public static final class ModelFailed extends InferenceFailure {

		public ModelFailed(String model, String reason) {
			super(Kind.MODEL_FAILED, "The model '%s' could not be loaded: %s".formatted(model, reason));
		}

	}

	/** The engine is shutting down. */
	public static final class EngineClosed extends InferenceFailure {

		public EngineClosed() {
			super(Kind.ENGINE_CLOSED, "The server is shutting down and takes no new requests.");
		}

	}

	/** The native runtime refused a step that should have worked. */
	public static final class DecodeFailed extends InferenceFailure {

		public DecodeFailed(String reason) {
			super(Kind.DECODE_FAILED, "The model could not compute the next token: " + reason);
		}

	}

	/** The worker that served the request has gone, or none that could serve it answers; another one may. */
	public static final class WorkerLost extends InferenceFailure {

		/** @param reason what was seen of it */
		public WorkerLost(String reason) {
			super(Kind.WORKER_LOST,
					"No worker can serve this request at present: %s. Retry shortly.".formatted(reason));
		}

	}

}
