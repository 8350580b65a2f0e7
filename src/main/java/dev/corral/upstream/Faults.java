package dev.corral.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.ReadTimeoutException;
import reactor.core.Exceptions;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What went wrong at a server, as the port says it: {@link InvalidParameter}, or an {@link InferenceFailure}, which is
 * {@link InferenceFailure.WorkerLost} whenever another worker could do better. Messages name no addresses, for clients read them.
 */
final class Faults {

	private static final Logger log = LoggerFactory.getLogger(Faults.class);

	/** How a message says which parameter it is about; see {@link InvalidParameter}. */
	private static final Pattern PARAMETER = Pattern.compile("'[^']*' (.*)\\.", Pattern.DOTALL);

	/** The window, then the prompt; see {@link InferenceFailure.PromptTooLong}. */
	private static final Pattern SIZES = Pattern.compile("(\\d+)\\D+(\\d+)");

	private static final Pattern MILLIS = Pattern.compile("(\\d+) ms");

	private static final int MOST_MESSAGE_CHARACTERS = 2000;

	private Faults() {
	}

	/** A failure of the connection, or of reading what came over it. */
	static Throwable of(Throwable failure) {
		var cause = Exceptions.unwrap(failure);
		return switch (cause) {
			case InferenceFailure known -> known;
			case InvalidParameter known -> known;
			case ConnectException _ -> lost("no connection to it can be made", cause);
			case ReadTimeoutException _,TimeoutException _ -> lost("it does not answer in time", cause);
			case IOException _ -> lost("the connection to it broke", cause);
			case RuntimeException _ -> {
				log.warn("A worker's answer cannot be read: {}", cause.toString());
				yield lost("its answer cannot be read", cause);
			}
			default -> cause;
		};
	}

	/** An answer that is no success; its body is the API's envelope, or anything. */
	static RuntimeException of(int status, HttpHeaders headers, String body) {
		try {
			var error = WireJson.read(body).path("error");
			return of(status, error, headers.get("x-ratelimit-limit-requests"));
		} catch (JacksonException noEnvelope) {
			return lost("it answered with HTTP status " + status);
		}
	}

	/** An error in the middle of a stream. */
	static RuntimeException of(JsonNode error) {
		return of(500, error, null);
	}

	private static RuntimeException of(int status, JsonNode error, @Nullable String limit) {
		var message = shortened(error.path("message").asString(""));
		var parameter = error.path("param").asString("");
		return switch (error.path("code").asString("")) {
			case "context_length_exceeded" -> tooLong(message);
			case "queue_full" -> new InferenceFailure.QueueFull(limit == null ? 0 : number(limit));
			case "queue_timeout" -> new InferenceFailure.QueueTimeout(millis(message));
			case "decode_failed" -> new InferenceFailure.DecodeFailed(message);
			case "draining" -> lost("it takes no new requests");
			case "engine_closed" -> lost("it shuts down");
			case "model_loading", "model_failed", "model_not_found", "worker_lost" ->
				lost("it does not serve the model");
			case "invalid_api_key" -> lost("it does not take the key");
			default -> other(status, message, parameter);
		};
	}

	private static RuntimeException other(int status, String message, String parameter) {
		if (status == 400 && !parameter.isEmpty()) {
			var problem = PARAMETER.matcher(message);
			return new InvalidParameter(parameter, problem.matches() ? problem.group(1) : message);
		}
		if (status == 429) {
			return new InferenceFailure.QueueFull(0);
		}
		return status >= 500
				? new InferenceFailure.DecodeFailed(message)
				: lost("it answered with HTTP status " + status);
	}

	private static RuntimeException tooLong(String message) {
		var sizes = SIZES.matcher(message);
		return sizes.find()
				? new InferenceFailure.PromptTooLong(number(sizes.group(2)), number(sizes.group(1)))
				: new InferenceFailure.PromptTooLong(0, 0);
	}

	/** Whether nobody listens there: a server that does cannot be asked in vain so quickly. */
	static boolean refused(Throwable failure) {
		return failure.getCause() instanceof ConnectException refused && !(refused instanceof ConnectTimeoutException);
	}

	static InferenceFailure.WorkerLost lost(String reason) {
		return new InferenceFailure.WorkerLost(reason);
	}

	private static InferenceFailure.WorkerLost lost(String reason, Throwable cause) {
		var lost = lost(reason);
		lost.initCause(cause);
		return lost;
	}

	private static Duration millis(String message) {
		var found = MILLIS.matcher(message);
		return Duration.ofMillis(found.find() ? number(found.group(1)) : 0);
	}

	private static int number(String digits) {
		return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
	}

	private static String shortened(String message) {
		return message.length() <= MOST_MESSAGE_CHARACTERS ? message : message.substring(0, MOST_MESSAGE_CHARACTERS);
	}

}
