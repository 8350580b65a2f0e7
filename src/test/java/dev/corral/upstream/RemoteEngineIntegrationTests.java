package dev.corral.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.Dry;
import dev.corral.inference.FinishReason;
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
import dev.corral.inference.Mirostat;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.ServedModel.State;
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.inference.Worker;
import dev.corral.inference.WorkerSource;
import dev.corral.inference.Xtc;
import dev.corral.worker.WorkersSettings;
import dev.corral.worker.WorkersSettings.Mode;
import dev.corral.worker.WorkersSettings.Remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** An engine elsewhere is like one that is here. */
@TestPropertySource(properties = {"corral.role=worker", "corral.workers.key=open sesame"})
class RemoteEngineIntegrationTests extends RealApplication {

	private static final String CRIA = "cria";

	private static final Duration LONGEST = Duration.ofMinutes(2);

	@Autowired
	private WorkerSource workers;

	@Autowired
	private ModelCatalog catalog;

	@Autowired
	private Tokenizers tokenizers;

	private RemoteWorker worker;

	private InferenceEngine here;

	private InferenceEngine there;

	@BeforeEach
	void connect() {
		worker = worker("open sesame", Map.of());
		worker.start();
		await().atMost(LONGEST).until(() -> worker.models().getFirst().state() == State.READY);
		there = engine(worker);
		here = engine(workers.workers().getFirst());
	}

	@AfterEach
	void disconnect() {
		worker.close();
	}

	private RemoteWorker worker(String key, Map<String, String> names) {
		var remote = new Remote(URI.create("http://localhost:" + port), key, names);
		var settings = new WorkersSettings(Mode.REMOTE, 0, null, List.of(remote), Duration.ofMillis(100),
				Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(20), false);
		return new RemoteWorkerFactory(settings, catalog, tokenizers).create("there", Worker.Kind.REMOTE, remote.url(),
				remote);
	}

	private static InferenceEngine engine(Worker worker) {
		var engine = worker.models().getFirst().engine();
		if (engine == null) {
			throw new AssertionError("the model is not ready");
		}
		return engine;
	}

	static Stream<Arguments> requests() {
		var seeded = SamplingParameters.DEFAULTS.withSeed(7);
		return Stream.of(row("greedy", SamplingParameters.GREEDY), row("seeded", seeded),
				row("truncated", seeded.withTruncation(new Truncation(2.5f, 40, 0.95f, 0.9f, 0.01f))),
				row("xtc", seeded.withXtc(new Xtc(0.5f, 0.15f))),
				row("mirostat", seeded.withMirostat(new Mirostat(4.1f, 0.2f))),
				row("penalties", seeded.withPenalties(new RepetitionPenalties(1.3f, 64, 0.7f, -0.3f))),
				row("dry", seeded.withDry(new Dry(0.8f, 1.7f, 2, 500, List.of("\n", "."))).withTemperature(0.3f)),
				row("rules",
						seeded.withTokens(new TokenRules(Map.of(10, 3.25f, 11, -100f), null, Set.of(5, 6), 8, false,
								Set.of(13)))),
				row("few tokens", seeded.withTokens(TokenRules.NONE.withAllowed(Set.of(100, 101, 102)))),
				row("no end", SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration())),
				row("stop sequence", base(SamplingParameters.GREEDY, List.of("e", "\u00e4\n"))),
				row("log-probabilities", base(seeded, List.of("."))
						.withLogprobs(3).withPromptLogprobs(2)),
				row("log-probabilities of the reply", base(seeded, List.of()).withLogprobs(0)),
				row("log-probabilities of the prompt", base(seeded, List.of()).withPromptLogprobs(5)),
				row("no reply", new GenerationRequest(List.of(1, 300, 301), 0, seeded, List.of())),
				row("serving", base(seeded, List.of()).withPriority(12).withTenant("somebody").withCacheSalt("salt")
						.withSlidesCache(true)),
				row("JSON", constrained(new OutputConstraint.JsonObject())),
				row("schema", constrained(new OutputConstraint.JsonSchema(
						"{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}"))),
				row("pattern", constrained(new OutputConstraint.Regex("[a-f]{3,9}"))),
				row("choice", constrained(new OutputConstraint.Choice(List.of("left", "right \"quoted\"")))),
				row("grammar", constrained(new OutputConstraint.Grammar("root ::= \"a\" [bc]+ \"d\""))),
				row("tool calls", constrained(calls(OutputConstraint.Freedom.CALLS_ONLY, null))),
				row("tool calls or JSON", constrained(calls(OutputConstraint.Freedom.CALLS_OR_TEXT,
						new OutputConstraint.JsonObject()))));
	}

	private static OutputConstraint calls(OutputConstraint.Freedom freedom, @Nullable OutputConstraint otherwise) {
		return new OutputConstraint.ToolCalls(List.of(new OutputConstraint.Opening("", "<call>")),
				List.of(new OutputConstraint.Call("tools[0].function.parameters", "<call>", "{\"type\":\"object\"}",
						"</call>", true)),
				"", "", 2, freedom, otherwise, List.of());
	}

	private static Arguments row(String name, SamplingParameters sampling) {
		return row(name, base(sampling, List.of()));
	}

	private static Arguments row(String name, GenerationRequest request) {
		return Arguments.of(name, request);
	}

	private static GenerationRequest constrained(OutputConstraint constraint) {
		return base(SamplingParameters.DEFAULTS.withSeed(3), List.of()).withConstraint(constraint);
	}

	/** To be continued from a prompt that is put in front. */
	private static GenerationRequest base(SamplingParameters sampling, List<String> stops) {
		return new GenerationRequest(List.of(1), 40, sampling, stops);
	}

	private GenerationRequest prompted(GenerationRequest request) {
		return request.withPromptTokens(
				here.tokenizer().tokenize(List.of(PromptSegment.typed("What is the capital of France?")), true));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("requests")
	void tellsWhatAnEngineHereDoes(String name, GenerationRequest shape) {
		var request = prompted(shape);

		var expected = Told.of(events(here, request));
		var told = Told.of(events(there, request));

		assertThat(told).isEqualTo(expected);
	}

	@Test
	void goesOnWithAReplyThatBeganElsewhere() {
		var request = prompted(base(SamplingParameters.DEFAULTS.withSeed(9)
				.withTokens(TokenRules.NONE.withoutEndOfGeneration()), List.of("zzz")));
		var whole = Told.of(events(here, request));
		var tokens = new ArrayList<>(request.promptTokens());
		tokens.addAll(whole.tokens().subList(0, 5));

		var rest = Told.of(events(there, request.withPromptTokens(tokens).withResumed(new Resumed(5, 0))));

		assertThat(rest.tokens()).isEqualTo(whole.tokens().subList(5, whole.tokens().size()));
		assertThat(whole.text()).endsWith(rest.text());
		assertThat(rest.usage()).isEqualTo(whole.usage());
	}

	@Test
	void isTheModelThatItsWorkerHas() {
		assertThat(there.model()).isEqualTo(here.model());
		assertThat(there.load().sequences()).isEqualTo(8);
		await().atMost(LONGEST).until(() -> there.work().completionTokens() == here.work().completionTokens());
		assertThat(there.cache().context().promptTokens()).isEqualTo(here.cache().context().promptTokens());
		assertThat(worker.kind()).isEqualTo(Worker.Kind.REMOTE);
		assertThat(worker.startedAt()).isEqualTo(workers.workers().getFirst().startedAt());
	}

	@Test
	void makesTheSameVectors() {
		var inputs = List.of(List.of(5, 6, 7), List.of(300));

		var expected = here.embed(inputs).blockOptional(LONGEST).orElseThrow();
		var vectors = there.embed(inputs).blockOptional(LONGEST).orElseThrow();

		assertThat(vectors).hasSize(2).usingRecursiveComparison().isEqualTo(expected);
		assertThatThrownBy(() -> there.embed(List.of(List.of(1 << 20))).block(LONGEST))
				.isInstanceOf(InvalidParameter.class).hasMessageContaining("input[0]");
	}

	@Test
	void refusesAsAnEngineHereDoes() {
		var prompt = prompted(base(SamplingParameters.GREEDY, List.of()));
		var refused = List.of(
				new GenerationRequest(Collections.nCopies(5000, 300), 4, SamplingParameters.GREEDY, List.of()),
				prompt.withPromptTokens(List.of(1 << 20)),
				prompt.withConstraint(new OutputConstraint.Regex("(")),
				prompt.withConstraint(new OutputConstraint.JsonSchema("{\"type\":\"nothing\"}")),
				prompt.withSampling(SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withBanned(Set.of(1 << 20)))));

		for (var request : refused) {
			var expected = failure(here, request);
			var failure = failure(there, request);

			assertThat(failure).hasSameClassAs(expected).hasMessage(expected.getMessage());
		}
	}

	@Test
	void stopsAtTheWorkerWhenNobodyReadsAnyMore() {
		var endless = prompted(new GenerationRequest(List.of(1), 4000,
				SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration()), List.of()));

		var begun = there.generate(endless).takeUntil(TokenDelta.class::isInstance).collectList().block(LONGEST);

		assertThat(begun).hasSizeGreaterThan(2);
		await().atMost(LONGEST).until(() -> here.load().running() == 0);
	}

	@Test
	void keepsWhatASlowReaderHasNotTaken() {
		var request = prompted(base(SamplingParameters.GREEDY, List.of()));
		var expected = Told.of(events(here, request));

		var slow = there.generate(request).limitRate(1).delayElements(Duration.ofMillis(5)).collectList()
				.blockOptional(LONGEST).orElseThrow();

		assertThat(Told.of(slow)).isEqualTo(expected);
	}

	@Test
	void failsWhatRunsWhenItsWorkerIsLost() {
		var endless = prompted(new GenerationRequest(List.of(1), 4000,
				SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration()), List.of()));

		var events = there.generate(endless).doOnNext(event -> {
			if (event instanceof TokenDelta) {
				worker.lost("the test says so");
			}
		}).collectList().blockOptional(LONGEST).orElseThrow();

		assertThat(events.getLast()).isInstanceOfSatisfying(Failed.class,
				failed -> assertThat(failed.failure()).isInstanceOf(InferenceFailure.WorkerLost.class));
		assertThat(there.serving()).isFalse();
		await().atMost(LONGEST).until(() -> worker.models().getFirst().state() == State.READY);
		assertThat(engine(worker)).isNotSameAs(there);
		assertThat(Told.of(events(engine(worker), prompted(base(SamplingParameters.GREEDY, List.of())))).end())
				.isNotNull();
	}

	@Test
	void isNotThereWithoutTheKeyOrTheModel() {
		var keyless = worker("wrong", Map.of());
		var nameless = worker("open sesame", Map.of(CRIA, "other"));

		keyless.start();
		nameless.start();

		await().atMost(LONGEST).until(() -> keyless.models().getFirst().state() == State.UNREACHABLE);
		await().atMost(LONGEST).until(() -> nameless.models().getFirst().state() == State.FAILED);
		keyless.close();
		nameless.close();
	}

	private static List<GenerationEvent> events(InferenceEngine engine, GenerationRequest request) {
		return engine.generate(request).collectList().blockOptional(LONGEST).orElseThrow();
	}

	private static Throwable failure(InferenceEngine engine, GenerationRequest request) {
		return engine.generate(request).then().materialize().mapNotNull(signal -> signal.getThrowable())
				.blockOptional(LONGEST).orElseThrow();
	}

	/** All that the events of a reply tell but its times, what was cached of it, and how it was cut into deltas. */
	private record Told(String text, List<Integer> tokens, List<String> logprobs, List<String> promptLogprobs,
			int promptTokens, FinishReason end, String stopSequence, String usage, List<Integer> rest) {

		static Told of(List<GenerationEvent> events) {
			var text = new StringBuilder();
			var tokens = new ArrayList<Integer>();
			var logprobs = new ArrayList<String>();
			var prompt = new ArrayList<String>();
			int promptTokens = 0;
			assertThat(events.getFirst()).isInstanceOf(Admitted.class);
			for (var event : events) {
				switch (event) {
					case Admitted _ -> {
					}
					case PromptProcessed processed -> {
						promptTokens = processed.promptTokens();
						processed.logprobs().forEach(each -> prompt.add(written(each)));
					}
					case TokenDelta delta -> {
						text.append(delta.text());
						tokens.addAll(delta.tokenIds());
						delta.logprobs().forEach(each -> logprobs.add(written(each)));
					}
					case Finished end -> {
						end.rest().logprobs().forEach(each -> logprobs.add(written(each)));
						return new Told(text.toString(), tokens, logprobs, prompt, promptTokens, end.reason(),
								String.valueOf(end.stopSequence()), "%d + %d".formatted(end.usage().promptTokens(),
										end.usage().completionTokens()),
								end.rest().tokenIds());
					}
					case Failed failed -> throw new AssertionError(failed.failure());
				}
			}
			throw new AssertionError("no end");
		}

		/** What was cached can change the rounding. */
		private static String written(TokenLogprob logprob) {
			return "%d %.2f %s".formatted(logprob.tokenId(), logprob.logprob(), List.of(new String(logprob.bytes(),
					StandardCharsets.ISO_8859_1))) + logprob.top().size();
		}

	}

}
