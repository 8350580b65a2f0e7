package dev.corral.openai;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

import dev.corral.conversation.ChangedMeanwhile;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.ReplyRunning;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.TemplateFailed;
import dev.corral.web.ApiErrors;
import dev.corral.web.Json;

import static org.assertj.core.api.Assertions.assertThat;

class OpenAiErrorsTests {

	private static final String INTERNAL = "The server failed to answer this request. Its log has the cause under request id r1.";

	static Stream<Arguments> table() {
		return Stream.of(
				row(new InferenceFailure.PromptTooLong(70, 64), 400,
						"{'message':'This model\\'s context window is 64 tokens, but the prompt has 70 tokens and at least one"
								+ " must be left for the reply. Shorten the messages.','type':'invalid_request_error',"
								+ "'param':'messages','code':'context_length_exceeded'}"),
				row(new InferenceFailure.PromptEmpty(), 400,
						"{'message':'The prompt has no tokens. Send at least one message with text.',"
								+ "'type':'invalid_request_error','param':'messages','code':null}"),
				row(new InferenceFailure.QueueTimeout(Duration.ofSeconds(2)), 408,
						"{'message':'The request waited for its limit of 2000 ms without being served. Retry later.',"
								+ "'type':'invalid_request_error','param':null,'code':'queue_timeout'}"),
				row(new InferenceFailure.RateLimitExceeded("tokens per minute", 100, 130, Duration.ofMillis(1500)), 429,
						"{'message':'This API key may use 100 tokens per minute, but with this request it would be 130. Retry in 2 s.','type':'rate_limit_error','param':null,'code':'rate_limit_exceeded'}"),
				row(new InferenceFailure.QueueFull(8), 429,
						"{'message':'The queue of this model holds its limit of 8 waiting requests. Retry later.',"
								+ "'type':'rate_limit_error','param':null,'code':'queue_full'}"),
				row(new InferenceFailure.ModelNotFound("m"), 404,
						"{'message':'The model \\'m\\' does not exist. GET /v1/models lists the models served here.',"
								+ "'type':'invalid_request_error','param':'model','code':'model_not_found'}"),
				row(new InferenceFailure.ModelLoading("m"), 503,
						"{'message':'The model \\'m\\' is still loading. Retry shortly.','type':'server_error',"
								+ "'param':'model','code':'model_loading'}"),
				row(new InferenceFailure.ModelFailed("m", "/secret"), 503,
						"{'message':'This model could not be loaded. The server\\'s log says why.','type':'server_error',"
								+ "'param':'model','code':'model_failed'}"),
				row(new InferenceFailure.EngineClosed(), 503,
						"{'message':'The server is shutting down and takes no new requests.','type':'server_error',"
								+ "'param':null,'code':'engine_closed'}"),
				row(new InferenceFailure.WorkerLost("it has gone"), 503,
						"{'message':'No worker can serve this request at present: it has gone. Retry shortly.',"
								+ "'type':'server_error','param':null,'code':'worker_lost'}"),
				row(new InferenceFailure.DecodeFailed("secret"), 500,
						"{'message':'%s','type':'server_error','param':null,'code':'decode_failed'}"
								.formatted(INTERNAL)),
				row(new InvalidParameter("top_p", "is bad"), 400,
						"{'message':'\\'top_p\\' is bad.','type':'invalid_request_error','param':'top_p','code':null}"),
				row(new NotFound("conversation", "x"), 404,
						"{'message':'There is no conversation \\'x\\'.','type':'invalid_request_error','param':null,'code':'not_found'}"),
				row(new ReplyRunning(MessageId.parse("0193a1c2-0000-7000-8000-000000000001")), 409,
						"{'message':'The reply \\'0193a1c2-0000-7000-8000-000000000001\\' is being written in this conversation. Wait for its end, or stop it.',"
								+ "'type':'invalid_request_error','param':null,'code':'reply_running'}"),
				row(new ChangedMeanwhile(1, 2), 409,
						"{'message':'The conversation has version 2 by now, and the change was meant for version 1. Read it again.',"
								+ "'type':'invalid_request_error','param':null,'code':'changed_meanwhile'}"),
				row(new NotPossible("It has ended."), 409,
						"{'message':'It has ended.','type':'invalid_request_error','param':null,'code':'not_possible'}"),
				row(new TemplateFailed("vicuna", "roles must alternate", null), 400,
						"{'message':'The conversation template \\'vicuna\\' cannot render these messages: roles must alternate',"
								+ "'type':'invalid_request_error','param':'messages','code':null}"),
				row(new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "Too large."), 413,
						"{'message':'Too large.','type':'invalid_request_error','param':null,'code':null}"),
				row(new ResponseStatusException(HttpStatus.NOT_FOUND, "No static resource v1/x."), 404,
						"{'message':'There is no such resource. GET /openapi.json describes all that are served here.',"
								+ "'type':'invalid_request_error','param':null,'code':null}"),
				row(new MethodNotAllowedException(HttpMethod.GET, List.of(HttpMethod.POST)), 405,
						"{'message':'This resource does not support the method GET, only [POST].',"
								+ "'type':'invalid_request_error','param':null,'code':null}"),
				row(new UnsupportedMediaTypeStatusException(MediaType.TEXT_PLAIN, List.of()), 415,
						"{'message':'The request body must be JSON: send it with Content-Type: application/json.',"
								+ "'type':'invalid_request_error','param':null,'code':null}"),
				row(new ResponseStatusException(HttpStatus.BAD_GATEWAY, "secret"), 500,
						"{'message':'%s','type':'server_error','param':null,'code':null}".formatted(INTERNAL)),
				row(new IllegalStateException("secret"), 500,
						"{'message':'%s','type':'server_error','param':null,'code':null}".formatted(INTERNAL)));
	}

	@ParameterizedTest
	@MethodSource("table")
	void answersInTheEnvelope(Throwable failure, int status, String body) {
		var error = ApiErrors.of(failure, "r1");

		assertThat(error.status().value()).isEqualTo(status);
		assertThat(Json.write(OpenAiErrors.envelope(error))).isEqualTo("{\"error\":" + body + "}");
	}

	@Test
	void coversEveryKindOfFailure() {
		var covered = table().map(row -> row.get()[0]).filter(InferenceFailure.class::isInstance)
				.map(failure -> ((InferenceFailure) failure).kind());

		assertThat(covered).containsExactlyInAnyOrder(InferenceFailure.Kind.values());
	}

	@Test
	void tellsWhenToRetryWhatPasses() {
		assertThat(ApiErrors.of(new InferenceFailure.QueueFull(8), "r1").retryAfter()).isEqualTo(ApiErrors.QUEUE_RETRY);
		assertThat(ApiErrors.of(new InferenceFailure.ModelLoading("m"), "r1").retryAfter())
				.isEqualTo(ApiErrors.START_RETRY);
		assertThat(ApiErrors.of(new InferenceFailure.EngineClosed(), "r1").retryAfter())
				.isEqualTo(ApiErrors.START_RETRY);
		assertThat(ApiErrors.of(new InferenceFailure.ModelFailed("m", ""), "r1").retryAfter()).isNull();
	}

	private static Arguments row(Throwable failure, int status, String body) {
		return Arguments.of(failure, status, body.replaceAll("(?<!\\\\)'", "\"").replace("\\'", "'"));
	}

}
