package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.FinishReason;
import dev.corral.inference.ModelSource;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.DecodeResult;
import dev.corral.llamacpp.internal.NativeBatch;
import dev.corral.llamacpp.internal.NativeContext;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where old turns have gone from a conversation, the newest slide up for those who allow it, and for nobody else. */
@Tag("native")
class CacheSlidingNativeTests {

	/** Tokens that the engine computes again at most, where it has measured that a whole tile is as cheap as what is left. Far less than slides up here. */
	private static final int TILE = 64;

	/** How far a logit moves by the way in which it was computed; see docs/benchmarks/batch-rounding.md. */
	private static final float ROUNDING = 0.4f;

	private static final List<String> TURNS = List.of("How are you?", "I am fine, thank you. How can I help you today?",
			"Can you tell me about the weather in the mountains, and what I should wear when I go there in winter?",
			"In the mountains the winter is cold. Wear a warm coat, gloves and good boots.",
			"My dog is called Rex and he likes to play in the garden with a red ball every morning.",
			"That sounds lovely! Rex must be a happy dog.", "What is the capital of France?");

	@ParameterizedTest
	@CsvSource({"BUNDLED, 2048", "PACK, 2048", "PACK, 1536"})
	void computesOnlyWhatIsNewWhenOldTurnsAreDropped(NativeRuntime runtime, int cacheTokens) {
		try (var engine = engine(runtime, cacheTokens, StateStore.NONE)) {
			var whole = Cria.prompt(engine, TURNS.toArray(String[]::new));
			var first = Reply.of(engine.generate(Cria.greedy(whole, 24)));
			var window = window(engine, first.text(), "And what is the capital of Japan?");
			var held = Stream.concat(whole.stream(), first.tokenIds().stream()).toList();
			var slide = slide(held, window);

			var slid = Reply.of(engine.generate(Cria.greedy(window, 40).withSlidesCache(true)));

			assertThat(first.reason()).isEqualTo(FinishReason.STOP);
			assertThat(slid.usage().cachedTokens()).isEqualTo(slide.tokens());
			assertThat(window.size() - slide.tokens()).as("tokens computed").isLessThan(40);
			assertThat(slide.length()).isGreaterThan(50);
			assertThat(slid.text()).contains("Japan").contains("Tokyo");
			assertThat(engine.cache().context().slides()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({"BUNDLED, 2048", "PACK, 2048", "PACK, 1536"})
	void goesOnFromWhatHasSlidUpAndSlidesAgain(NativeRuntime runtime, int cacheTokens) {
		try (var engine = engine(runtime, cacheTokens, StateStore.NONE)) {
			var prompt = new ArrayList<>(Cria.prompt(engine, TURNS.toArray(String[]::new)));
			prompt.addAll(Reply.of(engine.generate(Cria.greedy(prompt, 60))).tokenIds());
			for (int turn = 1; turn <= 4; turn++) {
				prompt.subList(40, 60).clear();
				prompt.addAll(question(engine, "What is the capital of France?"));

				var reply = Reply.of(engine.generate(Cria.greedy(prompt, 30).withSlidesCache(true)));

				assertThat(reply.usage().cachedTokens()).as("turn %d", turn)
						.isGreaterThan(prompt.size() - 25 - TILE);
				assertThat(reply.text()).contains("Paris");
				assertThat(engine.cache().context().slides()).isEqualTo(turn);
				prompt.addAll(reply.tokenIds());
			}
			prompt.addAll(question(engine, "Who are you?"));

			var goingOn = Reply.of(engine.generate(Cria.greedy(prompt, 4).withSlidesCache(true)));

			assertThat(goingOn.usage().cachedTokens()).isGreaterThan(prompt.size() - 25 - TILE);
			assertThat(engine.cache().context().slides()).isEqualTo(4);
		}
	}

	@ParameterizedTest
	@CsvSource({"BUNDLED, 2048", "PACK, 2048", "PACK, 1536"})
	void repliesToOthersAsIfNothingHadSlid(NativeRuntime runtime, int cacheTokens) {
		try (var cold = runtime.cria(512, 1); var engine = engine(runtime, cacheTokens, StateStore.NONE)) {
			var whole = Cria.prompt(cold, TURNS.toArray(String[]::new));
			var bystander = Cria.greedy(Cria.prompt(cold, "Who are you?"), 60);
			Reply.of(engine.generate(bystander));
			var first = Reply.of(engine.generate(Cria.greedy(whole, 24)));
			var window = Cria.greedy(window(engine, first.text(), "What is the capital of Italy?"), 60);
			Reply.of(engine.generate(window.withSlidesCache(true)));

			var others = Stream.of(window, bystander, Cria.greedy(whole, 60))
					.map(request -> Reply.of(engine.generate(request)))
					.toList();

			var expected = Stream.of(window, bystander, Cria.greedy(whole, 60))
					.map(request -> Reply.of(cold.generate(request.withCacheSalt("cold" + request.hashCode()))))
					.toList();
			assertThat(others).extracting(Reply::tokenIds)
					.isEqualTo(expected.stream().map(Reply::tokenIds).toList());
			assertThat(engine.cache().context().slides()).isEqualTo(1);
		}
	}

	/** In one buffer the branches share their cells, which then cannot move for one of them. */
	@ParameterizedTest
	@CsvSource({"BUNDLED, 2048, 0", "PACK, 1536, 0", "PACK, 2048, 1"})
	void leavesInPlaceWhatAnotherBranchShares(NativeRuntime runtime, int cacheTokens, long slides) {
		try (var cold = runtime.cria(512, 1); var engine = engine(runtime, cacheTokens, StateStore.NONE)) {
			var whole = Cria.prompt(engine, TURNS.toArray(String[]::new));
			var endless = SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration());
			var first = Reply.of(engine.generate(Cria.greedy(whole, 60).withSampling(endless)));
			var branch = Stream.concat(whole.stream(), question(engine, "Hello").stream()).toList();
			var branchReply = Reply.of(engine.generate(Cria.greedy(branch, 40)));
			var window = window(engine, first.text(), "What is the capital of Italy?");

			Reply.of(engine.generate(Cria.greedy(window, 20).withSlidesCache(true)));
			var branchAgain = Reply.of(engine.generate(Cria.greedy(branch, 40)));

			assertThat(engine.cache().context().slides()).isEqualTo(slides);
			assertThat(branchAgain.tokenIds()).isEqualTo(branchReply.tokenIds());
			assertThat(branchAgain.usage().cachedTokens()).isEqualTo(branch.size() - 1);
			assertThat(Reply.of(cold.generate(Cria.greedy(branch, 40))).tokenIds()).isEqualTo(branchReply.tokenIds());
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void storesWhatHasSlidUpForThoseWhoTakeItOnly(NativeRuntime runtime) {
		try (var tiers = new Tiers(null, 64 << 20, 0);
				var engine = tiers.engine(runtime, new ModelSource("cria", NativeRuntime.CRIA, 512, 1),
						Settings.DEFAULT)) {
			var whole = Cria.prompt(engine, TURNS.toArray(String[]::new));
			var first = Reply.of(engine.generate(Cria.greedy(whole, 24)));
			var window = Cria.greedy(window(engine, first.text(), "What is the capital of Italy?"), 20);
			Reply.of(engine.generate(window.withSlidesCache(true)));
			Reply.of(engine.generate(Cria.greedy(whole, 1).withCacheSalt("other")));

			var exact = Reply.of(engine.generate(window));
			Reply.of(engine.generate(Cria.greedy(whole, 1).withCacheSalt("another")));
			var approximate = Reply.of(engine.generate(window.withSlidesCache(true)));
			var stranger = Reply.of(engine.generate(window.withSlidesCache(true).withCacheSalt("stranger")));

			assertThat(engine.cache().context().slides()).isEqualTo(1);
			// The first state that went to the tiers before it slid begins alike.
			assertThat(exact.usage().cachedTokens()).isLessThan(60);
			assertThat(approximate.usage().cachedTokens()).isEqualTo(window.promptTokens().size() - 1);
			assertThat(stranger.usage().cachedTokens()).isZero();
		}
	}

	/** A sequence that has moved goes on as one that has always been where it now is; another does not notice. */
	@ParameterizedTest
	@CsvSource({"BUNDLED, 2", "PACK, 2", "PACK, 3"})
	void turnsKeysToTheirNewPositions(NativeRuntime runtime, int sequences) {
		var tokens = new SplittableRandom(5).ints(101, 100, 1000).toArray();
		try (var model = runtime.runtime().open(NativeRuntime.CRIA);
				var context = NativeContext.open(model, new ContextOptions(256, sequences, 512, 256, 1))) {
			var batch = context.batch();
			compute(context, batch, 0, 60, tokens);
			compute(context, batch, 1, 0, tokens);
			var there = next(context, batch, 1, 100, tokens[100], model.vocabulary().size());
			context.removeFrom(1, 100);

			assertThat(context.canSlide()).isTrue();
			assertThat(context.slide(0, 0, 60)).isTrue();
			assertThatThrownBy(() -> context.save(0)).isInstanceOf(IllegalStateException.class);
			var moved = next(context, batch, 0, 100, tokens[100], model.vocabulary().size());
			var unmoved = next(context, batch, 1, 100, tokens[100], model.vocabulary().size());

			assertThat(furthest(moved, there)).isLessThan(ROUNDING);
			assertThat(unmoved).isEqualTo(there);
		}
	}

	private static void compute(NativeContext context, NativeBatch batch, int sequence, int position, int[] tokens) {
		batch.clear();
		for (int i = 0; i < 100; i++) {
			batch.add(tokens[i], position + i, sequence, i == 99);
		}
		assertThat(context.decode(batch)).isEqualTo(DecodeResult.OK);
	}

	private static float[] next(NativeContext context, NativeBatch batch, int sequence, int position, int token,
			int vocabulary) {
		batch.clear();
		int index = batch.add(token, position, sequence, true);
		assertThat(context.decode(batch)).isEqualTo(DecodeResult.OK);
		var logits = new float[vocabulary];
		context.logits(index).copyTo(logits);
		return logits;
	}

	private static float furthest(float[] a, float[] b) {
		float furthest = 0;
		for (int i = 0; i < a.length; i++) {
			furthest = Math.max(furthest, Math.abs(a[i] - b[i]));
		}
		return furthest;
	}

	private static LlamaCppEngine engine(NativeRuntime runtime, int cacheTokens, StateStore store) {
		return runtime.cria(new ModelSource("cria", NativeRuntime.CRIA, 512, 4, cacheTokens), Settings.DEFAULT, store);
	}

	/** The conversation without its first two turns, after a reply to the last of them. */
	private static List<Integer> window(LlamaCppEngine engine, String reply, String question) {
		var turns = new ArrayList<>(TURNS.subList(4, TURNS.size()));
		turns.add(reply.strip());
		turns.add(question);
		return Cria.prompt(engine, turns.toArray(String[]::new));
	}

	private static List<Integer> question(LlamaCppEngine engine, String question) {
		return engine.tokenizer()
				.tokenize(List.of(PromptSegment.template(" USER: " + question + " ASSISTANT:")), false);
	}

	private static Slide slide(List<Integer> held, List<Integer> prompt) {
		return requireNonNull(Slide.of(held.stream().mapToInt(Integer::intValue).toArray(),
				prompt.stream().mapToInt(Integer::intValue).toArray(), prompt.size() - 1));
	}

}
