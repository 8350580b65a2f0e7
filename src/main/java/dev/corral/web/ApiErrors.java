package dev.corral.web;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

import dev.corral.conversation.ChangedMeanwhile;
import dev.corral.conversation.ConversationFailure;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.ReplyRunning;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.TemplateFailed;

/**
 * Turns what went wrong into what the client is told. Messages of failures that are the client's to mend are passed on;
 * of the server's own failures the client learns no more than the id under which the log has the cause.
 */
public final class ApiErrors {

	private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

	/** A queue moves by whole replies, which take seconds. */
	public static final Duration QUEUE_RETRY = Duration.ofSeconds(2);

	/** Loading a model and replacing a server take longer. */
	public static final Duration START_RETRY = Duration.ofSeconds(5);

	private ApiErrors() {
	}

	public static ApiError of(Throwable failure, String requestId) {
		return switch (failure) {
			case InferenceFailure.PromptTooLong tooLong -> new ApiError(HttpStatus.BAD_REQUEST, message(tooLong),
					tooLong.parameter(), "context_length_exceeded");
			case InferenceFailure inference -> of(inference, requestId);
			case ConversationFailure conversation -> of(conversation);
			case InvalidParameter invalid -> new ApiError(HttpStatus.BAD_REQUEST, message(invalid), invalid.parameter(),
					null);
			case TemplateFailed template -> new ApiError(HttpStatus.BAD_REQUEST, message(template), "messages", null);
			case RequestRefused refused ->
				new ApiError(refused.getStatusCode(), String.valueOf(refused.getReason()), null,
						refused.code());
			case ResponseStatusException http when http.getStatusCode().is4xxClientError() ->
				new ApiError(http.getStatusCode(), HttpMessages.of(http), null, null);
			default -> internal(failure, requestId, null);
		};
	}

	private static ApiError of(InferenceFailure failure, String requestId) {
		return switch (failure.kind()) {
			case PROMPT_TOO_LONG -> new ApiError(HttpStatus.BAD_REQUEST, message(failure), "messages",
					"context_length_exceeded");
			case PROMPT_EMPTY -> new ApiError(HttpStatus.BAD_REQUEST, message(failure), "messages", null);
			case QUEUE_FULL -> new ApiError(HttpStatus.TOO_MANY_REQUESTS, message(failure), null, "queue_full",
					QUEUE_RETRY, failure instanceof InferenceFailure.QueueFull full ? full.limit() : null);
			case QUEUE_TIMEOUT -> new ApiError(HttpStatus.REQUEST_TIMEOUT, message(failure), null, "queue_timeout",
					QUEUE_RETRY);
			case RATE_LIMIT_EXCEEDED -> new ApiError(HttpStatus.TOO_MANY_REQUESTS, message(failure), null,
					"rate_limit_exceeded",
					failure instanceof InferenceFailure.RateLimitExceeded limited
							? limited.retryAfter()
							: QUEUE_RETRY);
			case MODEL_NOT_FOUND -> new ApiError(HttpStatus.NOT_FOUND, message(failure), "model", "model_not_found");
			case MODEL_LOADING -> new ApiError(HttpStatus.SERVICE_UNAVAILABLE, message(failure), "model",
					"model_loading", START_RETRY);
			// The failure's own message may name files of the server, and its cause is in the log since start-up.
			case MODEL_FAILED -> new ApiError(HttpStatus.SERVICE_UNAVAILABLE,
					"This model could not be loaded. The server's log says why.", "model", "model_failed");
			case ENGINE_CLOSED -> new ApiError(HttpStatus.SERVICE_UNAVAILABLE, message(failure), null, "engine_closed",
					START_RETRY);
			case WORKER_LOST -> new ApiError(HttpStatus.SERVICE_UNAVAILABLE, message(failure), null, "worker_lost",
					START_RETRY);
			case DECODE_FAILED -> internal(failure, requestId, "decode_failed");
		};
	}

	private static ApiError of(ConversationFailure failure) {
		return switch (failure) {
			case NotFound _ -> new ApiError(HttpStatus.NOT_FOUND, message(failure), null, "not_found");
			case ReplyRunning _ -> new ApiError(HttpStatus.CONFLICT, message(failure), null, "reply_running");
			case ChangedMeanwhile _ -> new ApiError(HttpStatus.CONFLICT, message(failure), null, "changed_meanwhile");
			case NotPossible _ -> new ApiError(HttpStatus.CONFLICT, message(failure), null, "not_possible");
		};
	}

	private static ApiError internal(Throwable failure, String requestId, @Nullable String code) {
		log.atError().addKeyValue("request_id", requestId).setCause(failure).log("Request {} failed", requestId);
		return new ApiError(HttpStatus.INTERNAL_SERVER_ERROR,
				"The server failed to answer this request. Its log has the cause under request id %s."
						.formatted(requestId),
				null, code);
	}

	private static String message(Throwable failure) {
		return Objects.requireNonNull(failure.getMessage());
	}

}
