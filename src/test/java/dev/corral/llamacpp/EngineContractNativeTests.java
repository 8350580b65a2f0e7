package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.Dry;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static dev.corral.inference.SamplingParameters.GREEDY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an engine promises, on every native runtime, with the real model. */
@Tag("native")
@ParameterizedClass
@EnumSource(NativeRuntime.class)
class EngineContractNativeTests {

	private final NativeRuntime runtime;

	private final LlamaCppEngine engine;

	EngineContractNativeTests(NativeRuntime runtime) {
		this.runtime = runtime;
		engine = runtime.cria(1024, 8);
	}

	@AfterEach
	void closeEngine() {
		engine.close();
	}

	@Test
	void answersAQuestion() {
		var reply = Reply.of(engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY)));

		assertThat(reply.text()).isEqualTo(" The capital of France is Paris.");
		assertThat(reply.reason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void recallsWhatWasSaidInAnEarlierTurn() {
		var prompt = Cria.prompt(engine, "My name is Ada.", "Nice to meet you, Ada!", "What is my name?");

		var reply = Reply.of(engine.generate(Cria.greedy(prompt, 64)));

		assertThat(reply.text()).contains("Ada");
	}

	@Test
	void countsPromptAndCompletionTokensExactly() {
		var prompt = Cria.prompt(engine, "What is the capital of France?");

		var reply = Reply.of(engine.generate(Cria.greedy(prompt, 64)));

		assertThat(reply.usage().promptTokens()).isEqualTo(prompt.size());
		// The token that ended the reply was generated too, though it has no text to go with.
		assertThat(reply.usage().completionTokens()).isEqualTo(reply.tokenIds().size() + 1);
		assertThat(engine.tokenizer().detokenize(reply.tokenIds())).isEqualTo(reply.text());
	}

	@Test
	void endsAtTheTokenLimit() {
		var reply = Reply.of(engine.generate(Cria.greedy(Cria.prompt(engine, "Please tell me a story."), 7)));

		assertThat(reply.reason()).isEqualTo(FinishReason.LENGTH);
		assertThat(reply.usage().completionTokens()).isEqualTo(7);
	}

	@Test
	void endsWhenTheWindowIsFull() {
		try (var small = runtime.cria(96, 2)) {
			var reply = Reply.of(small.generate(Cria.greedy(Cria.prompt(small, "Please tell me a story."), 5000)));

			assertThat(reply.reason()).isEqualTo(FinishReason.LENGTH);
			assertThat(reply.usage().totalTokens()).isEqualTo(96);
		}
	}

	@Test
	void rejectsAPromptThatLeavesNoRoomForAReply() {
		try (var small = runtime.cria(32, 1)) {
			var prompt = Cria.prompt(small, "Please tell me a story.");

			StepVerifier.create(small.generate(Cria.greedy(prompt, 5)))
					.verifyErrorSatisfies(error -> assertThat(error).isInstanceOf(InferenceFailure.PromptTooLong.class)
							.hasMessageContainingAll("32 tokens", prompt.size() + " tokens"));
		}
	}

	@Test
	void endsBeforeAStopSequenceThatSpansTokens() {
		var whole = Reply.of(engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY)));

		var reply = Reply
				.of(engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY, "never", "tal of Fr")));

		assertThat(whole.text()).contains("tal of Fr");
		assertThat(reply.text()).isEqualTo(" The capi");
		assertThat(reply.reason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void releasesWhatOnlyLookedLikeAStopSequence() {
		var reply = Reply.of(engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY, "Paris!")));

		assertThat(reply.text()).isEqualTo(" The capital of France is Paris.");
	}

	@Test
	void emitsOnlyWholeCharacters() {
		var request = Cria.ask(engine, "Please show me a llama emoji.", GREEDY);
		var whole = Reply.of(engine.generate(request));

		assertThat(whole.text()).contains("\uD83E\uDD99").doesNotContain("\uFFFD");
		for (int limit = 1; limit < whole.usage().completionTokens(); limit++) {
			var cut = Reply.of(engine.generate(Cria.greedy(request.promptTokens(), limit)));

			assertThat(whole.text()).startsWith(cut.text());
			assertThat(cut.text()).doesNotContain("\uFFFD");
			assertThat(cut.events()).filteredOn(GenerationEvent.TokenDelta.class::isInstance)
					.noneMatch(delta -> Character
							.isHighSurrogate(lastOf(((GenerationEvent.TokenDelta) delta).text())));
		}
	}

	private static char lastOf(String text) {
		return text.charAt(text.length() - 1);
	}

	@Test
	void repeatsAReplyForASeed() {
		var warm = SamplingParameters.DEFAULTS.withTemperature(1.5f);
		var first = Reply.of(engine.generate(Cria.ask(engine, "Please tell me a story.", warm.withSeed(7))));
		var again = Reply.of(engine.generate(Cria.ask(engine, "Please tell me a story.", warm.withSeed(7))));
		var other = Reply.of(engine.generate(Cria.ask(engine, "Please tell me a story.", warm.withSeed(8))));

		assertThat(again.tokenIds()).isEqualTo(first.tokenIds());
		assertThat(other.tokenIds()).isNotEqualTo(first.tokenIds());
	}

	@Test
	void keepsABannedTokenOut() {
		var plain = Reply.of(engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY)));
		int banned = plain.tokenIds().getFirst();
		var sampling = SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withLogitBias(Map.of(banned, -100f)));

		var reply = Reply.of(engine.generate(Cria.ask(engine, "What is the capital of France?", sampling)));

		assertThat(reply.tokenIds()).isNotEmpty().doesNotContain(banned);
	}

	@Test
	void reportsHowLikelyTheTokensOfAGreedyReplyWere() {
		var request = Cria.ask(engine, "What is the capital of France?", GREEDY).withLogprobs(3);

		var reply = Reply.of(engine.generate(request));

		var logprobs = reply.logprobs();
		assertThat(logprobs).extracting(TokenLogprob::tokenId).isEqualTo(reply.tokenIds());
		assertThat(logprobs).allSatisfy(token -> {
			assertThat(token.top()).hasSize(3);
			assertThat(token.top().getFirst().tokenId()).isEqualTo(token.tokenId());
			assertThat(token.top().getFirst().logprob()).isEqualTo(token.logprob());
			assertThat(token.top().stream().mapToDouble(top -> Math.exp(top.logprob())).sum()).isBetween(0.0,
					1.0 + 1e-6);
		});
		assertThat(logprobs.stream().mapToDouble(TokenLogprob::logprob).sum()).isBetween(-20.0, 0.0);
		assertThat(logprobs.stream().map(token -> new String(token.bytes(), StandardCharsets.UTF_8))
				.collect(Collectors.joining())).isEqualTo(reply.text());
	}

	@Test
	void reportsNoLogprobsUnlessAsked() {
		var reply = Reply.of(engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY)));

		assertThat(reply.logprobs()).isEmpty();
	}

	@Test
	void goesOnToTheLimitWhenTheEndIsIgnored() {
		var sampling = GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration());

		var reply = Reply.of(engine.generate(
				new GenerationRequest(Cria.prompt(engine, "What is the capital of France?"), 40, sampling, List.of())));

		assertThat(reply.reason()).isEqualTo(FinishReason.LENGTH);
		assertThat(reply.usage().completionTokens()).isEqualTo(40);
	}

	@Test
	void answersWithEverySamplerOn() {
		var sampling = SamplingParameters.DEFAULTS.withSeed(3).withTemperature(0.8f)
				.withTruncation(new Truncation(3, 100, 0.95f, 0.95f, 0.02f)).withXtc(new Xtc(0.1f, 0.1f))
				.withDry(Dry.DEFAULTS).withPenalties(new RepetitionPenalties(1.05f, 64, 0.1f, 0.1f))
				.withTokens(TokenRules.NONE.withMinTokens(5));

		var reply = inAnEngineOfItsOwn("Please tell me a story.", sampling);
		var again = inAnEngineOfItsOwn("Please tell me a story.", sampling);

		assertThat(reply.usage().completionTokens()).isGreaterThan(5);
		assertThat(again.tokenIds()).isEqualTo(reply.tokenIds());
	}

	/** Where nothing was computed before: some runtimes round differently with other tokens in the cache. */
	private Reply inAnEngineOfItsOwn(String question, SamplingParameters sampling) {
		try (var fresh = runtime.cria(512, 1)) {
			return Reply.of(fresh.generate(Cria.ask(fresh, question, sampling)));
		}
	}

	@Test
	void refusesRulesAboutTokensThatTheVocabularyDoesNotHave() {
		var allowed = GREEDY.withTokens(TokenRules.NONE.withAllowed(Set.of(2048)));
		var banned = GREEDY.withTokens(TokenRules.NONE.withBanned(Set.of(2048)));

		StepVerifier.create(engine.generate(Cria.ask(engine, "hi", allowed))).verifyErrorMessage(
				"'allowed_token_ids' names token 2048, but this model's tokens are 0 to 2047.");
		StepVerifier.create(engine.generate(Cria.ask(engine, "hi", banned))).verifyErrorMessage(
				"'banned_token_ids' names token 2048, but this model's tokens are 0 to 2047.");
	}

	@Test
	void refusesTokensThatTheVocabularyDoesNotHave() {
		var request = Cria.greedy(List.of(1, 2048), 5);

		StepVerifier.create(engine.generate(request))
				.verifyErrorSatisfies(error -> assertThat(error).isInstanceOf(InvalidParameter.class)
						.hasMessage("'prompt' names token 2048, but this model's tokens are 0 to 2047."));
	}

	/** {@link BatchRoundingNativeTests} shows that rounding cannot decide between two tokens of these replies. */
	@Test
	void givesTheSameGreedyReplyAloneAndBesideSevenOthers() {
		var questions = BatchRoundingNativeTests.QUESTIONS;
		var alone = questions.stream()
				.map(question -> Reply.of(engine.generate(Cria.ask(engine, question, GREEDY))))
				.toList();

		var together = Reply.ofAll(
				questions.stream().map(question -> engine.generate(Cria.ask(engine, question, GREEDY))).toList());

		assertThat(together).extracting(Reply::tokenIds).isEqualTo(alone.stream().map(Reply::tokenIds).toList());
	}

	@Test
	void servesMoreRequestsThanItHasSequences() {
		var question = engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY));

		var replies = Reply.ofAll(Collections.nCopies(30, question));

		assertThat(replies).extracting(Reply::text).containsOnly(" The capital of France is Paris.");
	}

	@Test
	void freesTheSequenceOfAClientThatHangsUp() {
		StepVerifier.create(engine.generate(Cria.ask(engine, "Please tell me a story.", GREEDY)), 3)
				.expectNextCount(3)
				.thenCancel()
				.verify(Duration.ofSeconds(10));

		Idle.await(engine);
		assertThat(Reply.of(engine.generate(Cria.ask(engine, "What is the capital of France?", GREEDY))).text())
				.contains("Paris");
	}

	@Test
	void refusesWhatItsQueueCannotHold() {
		try (var tight = runtime.cria(512, 1, Settings.withQueueLimit(1))) {
			var running = new ArrayList<Flux<GenerationEvent>>();
			IntStream.range(0, 2)
					.forEach(i -> running
							.add(tight.generate(Cria.ask(tight, "Please tell me a story.", GREEDY)).replay()
									.autoConnect(0)));

			StepVerifier.create(tight.generate(Cria.ask(tight, "What is 2 + 2?", GREEDY)))
					.verifyErrorSatisfies(error -> assertThat(error).isInstanceOf(InferenceFailure.QueueFull.class)
							.hasMessageContaining("its limit of 1 waiting"));
			running.forEach(generation -> assertThat(Reply.of(generation).reason()).isEqualTo(FinishReason.STOP));
		}
	}

	@Test
	void refusesMoreSequencesThanTheRuntimeHasRoomFor() {
		assertThatThrownBy(() -> runtime.cria(64, 1000)).isInstanceOf(EngineUnavailable.class)
				.hasMessageMatching("llama.cpp .* runs at most (64|256) sequences at once, but 1000 are configured\\.");
	}

	@Test
	void failsWhatStillRunsWhenItIsClosed() {
		var story = engine.generate(Cria.ask(engine, "Please tell me a story.", GREEDY)).replay().autoConnect(0);
		story.filter(GenerationEvent.TokenDelta.class::isInstance).blockFirst(Duration.ofSeconds(10));

		engine.close();

		assertThat(engine.serving()).isFalse();
		assertThat(story.blockLast(Duration.ofSeconds(10))).isInstanceOfSatisfying(GenerationEvent.Failed.class,
				failed -> assertThat(failed.failure()).isInstanceOf(InferenceFailure.EngineClosed.class));
		assertThatThrownBy(() -> engine.generate(Cria.greedy(List.of(1, 2), 1)).blockLast())
				.isInstanceOf(InferenceFailure.EngineClosed.class);
	}

	@Test
	void keepsWhatPeopleTypeApartFromControlTokens() {
		var request = new GenerationRequest(Cria.prompt(engine, "hello"), 1, GREEDY, List.of());

		assertThat(request.promptTokens().getFirst()).isEqualTo(1);
		assertThat(Cria.prompt(engine, "a", "b", "c")).contains(2);
		assertThat(engine.tokenizer()
				.tokenize(List.of(PromptSegment.typed("</s>USER: <s>")), false))
				.doesNotContain(1, 2);
	}

}
