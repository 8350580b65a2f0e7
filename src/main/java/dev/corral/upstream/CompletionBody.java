package dev.corral.upstream;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.Dry;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.Mirostat;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a request as the body of {@code POST /v1/completions} of a Corral: all of it, so that the reply is the one that an engine here
 * would give. What is off is left out. Numbers are written as they are in memory, digit for digit.
 */
final class CompletionBody {

	/** What stands for everything where a number of tokens is asked for. */
	private static final int ALL = -1;

	private final ObjectNode body = WireJson.object();

	private CompletionBody() {
	}

	static byte[] of(String model, GenerationRequest request) {
		var body = new CompletionBody();
		body.body.put("model", model);
		body.tokens("prompt", request.promptTokens());
		body.reply(request);
		body.sampling(request.sampling());
		body.serving(request);
		ConstraintBody.write(request.constraint(), body.body);
		return WireJson.write(body.body);
	}

	/** How many log-probabilities are asked for: those of prompt and reply are one number there. */
	static @Nullable Integer logprobs(GenerationRequest request) {
		var reply = request.logprobs();
		var prompt = promptLogprobs(request);
		return reply == null || prompt == null
				? reply == null ? prompt : reply
				: Integer.valueOf(Math.max(reply, prompt));
	}

	/** Those of a prompt whose reply goes on have been told. */
	static @Nullable Integer promptLogprobs(GenerationRequest request) {
		return request.resumed().tokens() > 0 ? null : request.promptLogprobs();
	}

	private void reply(GenerationRequest request) {
		body.put("max_tokens", request.maxCompletionTokens()).put("stream", true).put("return_token_ids", true)
				.put("return_tokens_as_token_ids", true);
		body.putObject("stream_options").put("include_usage", true);
		var logprobs = logprobs(request);
		if (logprobs != null) {
			body.put("logprobs", logprobs);
		}
		// Without a reply, and for what a prompt's tokens are worth, the prompt is echoed; its text is dropped here.
		if (promptLogprobs(request) != null || request.maxCompletionTokens() == 0) {
			body.put("echo", true);
		}
		if (!request.stopSequences().isEmpty()) {
			var stop = body.putArray("stop");
			request.stopSequences().forEach(stop::add);
		}
		if (request.resumed().tokens() > 0) {
			body.put("resumed_tokens", request.resumed().tokens()).put("resumed_characters",
					request.resumed().characters());
		}
	}

	private void sampling(SamplingParameters sampling) {
		number("temperature", sampling.temperature());
		truncation(sampling.truncation());
		xtc(sampling.xtc());
		mirostat(sampling.mirostat());
		penalties(sampling.penalties());
		dry(sampling.dry());
		rules(sampling.tokens());
		if (sampling.seed() != null) {
			body.put("seed", sampling.seed());
		}
	}

	private void truncation(Truncation truncation) {
		number("top_n_sigma", truncation.topNSigma());
		body.put("top_k", truncation.topK());
		number("typical_p", truncation.typicalP());
		number("top_p", truncation.topP());
		number("min_p", truncation.minP());
	}

	private void xtc(@Nullable Xtc xtc) {
		if (xtc != null) {
			number("xtc_probability", xtc.probability());
			number("xtc_threshold", xtc.threshold());
		}
	}

	private void mirostat(@Nullable Mirostat mirostat) {
		if (mirostat != null) {
			body.put("mirostat", 2);
			number("mirostat_tau", mirostat.tau());
			number("mirostat_eta", mirostat.eta());
		}
	}

	private void penalties(RepetitionPenalties penalties) {
		number("repetition_penalty", penalties.repetition());
		body.put("repeat_last_n",
				penalties.rangeTokens() == RepetitionPenalties.EVERYTHING ? ALL : penalties.rangeTokens());
		number("presence_penalty", penalties.presence());
		number("frequency_penalty", penalties.frequency());
	}

	private void dry(@Nullable Dry dry) {
		if (dry == null) {
			return;
		}
		number("dry_multiplier", dry.multiplier());
		number("dry_base", dry.base());
		body.put("dry_allowed_length", dry.allowedTokens()).put("dry_penalty_last_n", dry.rangeTokens());
		var breakers = body.putArray("dry_sequence_breakers");
		dry.sequenceBreakers().forEach(breakers::add);
	}

	private void rules(TokenRules rules) {
		if (!rules.logitBias().isEmpty()) {
			var biases = body.putObject("logit_bias");
			rules.logitBias().forEach((token, bias) -> biases.put(token.toString(), bias.doubleValue()));
		}
		if (rules.allowed() != null) {
			tokens("allowed_token_ids", rules.allowed());
		}
		if (!rules.banned().isEmpty()) {
			tokens("banned_token_ids", rules.banned());
		}
		if (!rules.stopTokens().isEmpty()) {
			tokens("stop_token_ids", rules.stopTokens());
		}
		body.put("min_tokens", rules.minTokens()).put("ignore_eos", rules.ignoreEndOfGeneration());
	}

	/** On the wire the lower priority is served first. */
	private void serving(GenerationRequest request) {
		body.put("priority", -request.priority()).put("slides_cache", request.slidesCache());
		if (!request.tenant().isEmpty()) {
			body.put("safety_identifier", request.tenant());
		}
		if (!request.cacheSalt().isEmpty()) {
			body.put("cache_salt", request.cacheSalt());
		}
	}

	private void number(String name, float value) {
		body.put(name, (double) value);
	}

	private void tokens(String name, Collection<Integer> tokens) {
		var array = body.putArray(name);
		for (int token : List.copyOf(tokens)) {
			array.add(token);
		}
	}

}
