package dev.corral.cli.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.template.ConversationTemplate;
import reactor.core.Exceptions;

/**
 * An engine in this process. A request's time begins before its prompt is rendered and tokenized, which is what a server does too;
 * what is missing is HTTP.
 */
record EngineTarget(InferenceEngine engine, ConversationTemplate template, Sampling sampling,
		Duration timeout) implements Target {

	@Override
	public String name() {
		return "engine in this process";
	}

	@Override
	public String model() {
		return engine.model().name();
	}

	@Override
	public Sample send(Call call, Runnable onDelta) {
		var reply = new ReplyRecorder(call, onDelta);
		try {
			engine.generate(request(call)).doOnNext(event -> accept(event, reply)).takeUntil(_ -> reply.over()).then()
					.timeout(timeout).block();
		} catch (RuntimeException failure) {
			reply.failed(failure(failure));
		}
		return reply.sample();
	}

	private GenerationRequest request(Call call) {
		var prompt = template.render(call.messages());
		var tokens = engine.tokenizer().tokenize(prompt.segments(), prompt.bos());
		return new GenerationRequest(tokens, call.maxTokens(), parameters(call), template.stopSequences());
	}

	private SamplingParameters parameters(Call call) {
		var topK = sampling.topK();
		var none = Truncation.NONE;
		var rules = new TokenRules(Map.of(), null, Set.copyOf(sampling.bannedTokens()), 0, sampling.ignoreEos());
		var parameters = SamplingParameters.DEFAULTS.withTemperature((float) sampling.temperature()).withTokens(rules);
		return (topK == null
				? parameters
				: parameters.withTruncation(
						new Truncation(none.topNSigma(), topK, none.typicalP(), none.topP(), none.minP())))
				.withSeed(call.seed());
	}

	private static void accept(GenerationEvent event, ReplyRecorder reply) {
		long now = System.nanoTime();
		switch (event) {
			case Admitted _,PromptProcessed _ -> {
			}
			case TokenDelta delta -> reply.delta(delta.text(), now);
			case Finished finished -> {
				reply.finished(now);
				var usage = finished.usage();
				reply.usage(usage.promptTokens(), usage.cachedTokens(), usage.completionTokens());
			}
			case Failed failed -> reply.failed(failure(failed.failure()));
		}
	}

	private static Failure failure(RuntimeException failure) {
		return switch (Exceptions.unwrap(failure)) {
			case InferenceFailure known -> new Failure(known.kind().name().toLowerCase(Locale.ROOT),
					String.valueOf(known.getMessage()));
			case InvalidParameter invalid -> new Failure("invalid_parameter", String.valueOf(invalid.getMessage()));
			case TimeoutException _ -> new Failure(Failure.TIMEOUT, "no complete reply in time");
			default -> throw failure;
		};
	}

	@Override
	public void close() {
		engine.close();
	}

}
