package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.generation.CompletionRequest;
import dev.corral.generation.CompletionRequest.Prompts;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.openai.TextCompletionRequest.Told;
import dev.corral.web.JsonFields;
import dev.corral.web.SamplingParser;
import dev.corral.web.StopSequencesParser;

/**
 * Reads {@code CreateCompletionRequest} of the OpenAI API, with what vLLM takes beside it ({@code CompletionRequest} of its
 * OpenAI-compatible server). What would change the completion and is not done here is refused.
 */
@Component
class TextCompletionParser {

	static final int MAX_PROMPTS = 128;

	/** The API's own limit: tokens are told by their texts, of which more would be the same. By their ids there may be more. */
	static final int MAX_LOGPROBS = 5;

	/** The API's default, which a chat completion does not have. */
	private static final int DEFAULT_MAX_TOKENS = 16;

	/** Of vLLM's parameters, those that are not served and that a client would miss. */
	private static final List<String> UNSERVED = List.of("prompt_embeds", "truncate_prompt_tokens", "prompt_logprobs",
			"bad_words");

	/**
	 * @throws InvalidParameter naming the field that is missing, malformed, out of its range or not supported
	 */
	TextCompletionRequest parse(JsonFields fields) {
		refuseUnserved(fields);
		// Told where it is read only if something else is absent.
		fields.accept("user");
		boolean echo = fields.flag("echo");
		var logprobs = logprobs(fields);
		var reply = ReplyOptions.parse(fields, logprobs);
		var prompts = prompts(fields, echo, reply);
		var serving = ServingOptions.parse(fields);
		var completion = new CompletionRequest(fields.requiredString("model"), prompts, maxTokens(fields, echo),
				SamplingParser.parse(fields),
				StopSequencesParser.parse(fields, "stop", GenerationRequest.MAX_STOP_SEQUENCES), reply.engineLogprobs(),
				echo ? logprobs : null, serving.priority(), serving.tenant(), serving.cacheSalt(),
				ConstraintParser.parse(fields, GuidedToolCallsParser.parse(fields)), fields.flag("slides_cache"),
				ResumedParser.parse(fields, prompts, reply));
		var streamOptions = fields.object("stream_options");
		return new TextCompletionRequest(completion, fields.flag("stream"),
				streamOptions != null && streamOptions.flag("include_usage"), reply,
				new Told(echo, fields.flag("return_token_ids"), fields.flag("return_tokens_as_token_ids")));
	}

	private static void refuseUnserved(JsonFields fields) {
		UNSERVED.stream().filter(fields::has).findFirst().ifPresent(name -> {
			throw fields.invalid(name, "is not supported by this server");
		});
		for (var name : List.of("use_beam_search", "include_stop_str_in_output")) {
			if (fields.flag(name)) {
				throw fields.invalid(name, "must be false: this server does not do that");
			}
		}
	}

	private static Prompts prompts(JsonFields fields, boolean echo, ReplyOptions reply) {
		var inputs = TextInputParser.parse(fields, "prompt", MAX_PROMPTS);
		if (inputs.size() * reply.bestOf() > MAX_PROMPTS) {
			throw fields.invalid(fields.has("best_of") ? "best_of" : "n",
					"may ask for at most %d completions of all prompts, but asks for %d".formatted(MAX_PROMPTS,
							inputs.size() * reply.bestOf()));
		}
		var suffix = fields.string("suffix");
		if (suffix != null && suffix.isEmpty()) {
			suffix = null;
		}
		if (suffix != null && echo) {
			throw fields.invalid("suffix", "must be absent where 'echo' is true");
		}
		return new Prompts(inputs, suffix, fields.flag("add_special_tokens", true), false);
	}

	private static int maxTokens(JsonFields fields, boolean echo) {
		var given = fields.integer("max_tokens");
		int least = echo ? 0 : 1;
		if (given != null && given < least) {
			throw fields.invalid("max_tokens",
					"must be %d or more%s, but is %d".formatted(least, echo ? "" : " unless 'echo' is true", given));
		}
		return given == null ? DEFAULT_MAX_TOKENS : given;
	}

	private static @Nullable Integer logprobs(JsonFields fields) {
		var logprobs = fields.integer("logprobs");
		int most = fields.flag("return_tokens_as_token_ids") ? GenerationRequest.MAX_LOGPROBS : MAX_LOGPROBS;
		if (logprobs != null && (logprobs < 0 || logprobs > most)) {
			throw fields.invalid("logprobs", "must be between 0 and %d, but is %d".formatted(most, logprobs));
		}
		return logprobs;
	}

}
