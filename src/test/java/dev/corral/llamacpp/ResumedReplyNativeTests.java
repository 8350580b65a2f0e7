package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.Dry;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;

import static dev.corral.inference.SamplingParameters.DEFAULTS;
import static dev.corral.inference.SamplingParameters.GREEDY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A reply that is resumed at any of its tokens goes on as it did. The engine has one sequence and still has the reply's tokens in its
 * cache, so that nothing is computed in other batches than before: even sampled replies must be the same.
 */
@Tag("native")
@ParameterizedClass
@EnumSource(NativeRuntime.class)
class ResumedReplyNativeTests {

	private static final OutputConstraint PERSON = new OutputConstraint.JsonSchema(
			"""
				{"type": "object", "properties": {"name": {"type": "string", "maxLength": 9}, "age": {"type": "integer", "maximum": 99}},
				"required": ["name", "age"], "additionalProperties": false}""");

	private final NativeRuntime runtime;

	private final LlamaCppEngine engine;

	ResumedReplyNativeTests(NativeRuntime runtime) {
		this.runtime = runtime;
		engine = runtime.cria(512, 1);
	}

	@AfterEach
	void closeEngine() {
		engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void goesOnFromEveryToken(Asked asked) {
		var request = asked.request(engine);
		var whole = Reply.of(engine.generate(request));
		var tokens = allTokens(whole);

		for (int cut = 1; cut <= tokens.size(); cut++) {
			var rest = resume(request, tokens.subList(0, cut), 0);

			assertThat(allTokens(rest)).as("from token %d", cut).isEqualTo(tokens.subList(cut, tokens.size()));
			assertThat(told(request, tokens.subList(0, cut)) + rest.text()).as("from token %d", cut)
					.isEqualTo(whole.text());
			assertSameEnd(rest, whole);
		}
	}

	@ParameterizedTest
	@EnumSource
	void goesOnFromWhatWasTold(Asked asked) {
		var request = asked.request(engine);
		var whole = Reply.of(engine.generate(request));

		var tokens = new ArrayList<Integer>();
		int characters = 0;
		for (var delta : deltas(whole)) {
			tokens.addAll(delta.tokenIds());
			characters += delta.text().length();
			var rest = resume(request, tokens, characters);

			assertThat(rest.text()).isEqualTo(whole.text().substring(characters));
			assertThat(rest.logprobs()).hasSize(request.logprobs() == null ? 0 : rest.tokenIds().size());
			assertSameEnd(rest, whole);
		}
	}

	@Test
	void goesOnInAnotherEngine() {
		var request = Cria.ask(engine, "Please count for me from 3 up to 9.", GREEDY);
		var whole = Reply.of(engine.generate(request));

		try (var other = runtime.cria(512, 1)) {
			var told = whole.tokenIds().subList(0, 7);
			var rest = Reply.of(other.generate(resumed(request, told, 0)));

			assertThat(engine.tokenizer().detokenize(told) + rest.text()).isEqualTo(whole.text());
			assertThat(rest.usage()).isEqualTo(whole.usage());
		}
	}

	@Test
	void endsAtOnceWhereTheWindowIsFull() {
		var request = Cria.greedy(Cria.prompt(engine, "Please tell me a story."), 1000)
				.withSampling(GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration()));
		var whole = Reply.of(engine.generate(request));

		var rest = resume(request, allTokens(whole), whole.text().length());

		assertThat(rest.text()).isEmpty();
		assertThat(rest.reason()).isEqualTo(FinishReason.LENGTH);
		assertThat(rest.usage().totalTokens()).isEqualTo(512);
	}

	@Test
	void refusesTokensThatTheConstraintForbids() {
		var request = Cria.ask(engine, "Who?", GREEDY).withConstraint(PERSON);

		assertThatThrownBy(() -> resume(request, List.of(400), 0)).isInstanceOf(InvalidParameter.class)
				.hasMessage("'resumed_tokens' must name tokens that the constraint of the reply allows,"
						+ " but it does not allow token 400, the 1. of them.");
	}

	@Test
	void refusesMoreTextThanTheTokensHave() {
		var request = Cria.ask(engine, "What is the capital of France?", GREEDY);
		var whole = Reply.of(engine.generate(request));

		assertThatThrownBy(() -> resume(request, whole.tokenIds().subList(0, 1), 100))
				.isInstanceOf(InvalidParameter.class).hasMessageStartingWith("'resumed_characters' must be at most ");
		assertThat(resume(request, whole.tokenIds().subList(0, 1), 0).text()).isNotEmpty();
	}

	private Reply resume(GenerationRequest request, List<Integer> told, int characters) {
		return Reply.of(engine.generate(resumed(request, told, characters)));
	}

	private static GenerationRequest resumed(GenerationRequest request, List<Integer> told, int characters) {
		var prompt = Stream.concat(request.promptTokens().stream(), told.stream()).toList();
		return request.withPromptTokens(prompt).withResumed(new Resumed(told.size(), characters));
	}

	/** What an engine tells of these tokens, the first of a reply, while it waits for the next. */
	private String told(GenerationRequest request, List<Integer> tokens) {
		var text = new ReplyText(request.stopSequences());
		var told = new StringBuilder();
		for (int token : tokens) {
			// A control token's name is no text of a reply.
			var delta = text.append(new SampledToken(token, null),
					token == 2 ? new byte[0] : engine.tokenizer().piece(token));
			told.append(delta == null ? "" : delta.text());
		}
		return told.toString();
	}

	private static void assertSameEnd(Reply rest, Reply whole) {
		var prompt = (PromptProcessed) rest.events().get(1);
		var end = (Finished) rest.events().getLast();
		var wholeEnd = (Finished) whole.events().getLast();
		assertThat(rest.reason()).isEqualTo(whole.reason());
		assertThat(end.stopSequence()).isEqualTo(wholeEnd.stopSequence());
		assertThat(prompt.promptTokens()).isEqualTo(whole.usage().promptTokens());
		assertThat(rest.usage().promptTokens()).isEqualTo(whole.usage().promptTokens());
		assertThat(rest.usage().completionTokens()).isEqualTo(whole.usage().completionTokens());
		assertThat(rest.usage().cachedTokens()).isBetween(0, whole.usage().promptTokens());
	}

	private static List<Integer> allTokens(Reply reply) {
		var rest = ((Finished) reply.events().getLast()).rest();
		return Stream.concat(reply.tokenIds().stream(), rest.tokenIds().stream()).toList();
	}

	private static List<TokenDelta> deltas(Reply reply) {
		return reply.events().stream().filter(TokenDelta.class::isInstance).map(TokenDelta.class::cast).toList();
	}

	/** Replies that need one part of an engine each. */
	enum Asked {

		GREEDILY {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return Cria.ask(engine, "Please count for me from 3 up to 9.", GREEDY);
			}

		},

		SAMPLED {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return longer(engine, DEFAULTS.withSeed(11));
			}

		},

		PENALIZED {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return longer(engine,
						DEFAULTS.withSeed(12).withPenalties(new RepetitionPenalties(1.3f, 40, 0.5f, 0.4f)));
			}

		},

		DRY {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return longer(engine, DEFAULTS.withSeed(13).withDry(Dry.DEFAULTS));
			}

		},

		STOPPED {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return Cria.ask(engine, "Please count for me from 3 up to 9.", GREEDY, ", 6, 7", ", 6, 9",
						"3, 4, 5, 7");
			}

		},

		AT_LEAST_SO_LONG {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return Cria.ask(engine, "What is 12 + 9?",
						DEFAULTS.withSeed(14).withTokens(TokenRules.NONE.withMinTokens(20)));
			}

		},

		BY_SCHEMA {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				// Without forced tokens, so that each is computed alone.
				return Cria.ask(engine, "Who?", DEFAULTS.withSeed(15)).withConstraint(PERSON).withLogprobs(0);
			}

		},

		BY_SCHEMA_WITH_FORCED_TOKENS {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return Cria.ask(engine, "Who?", GREEDY).withConstraint(PERSON);
			}

		},

		FORCED_TO_THE_END {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return Cria.ask(engine, "Say it.", GREEDY, "lazy cat")
						.withConstraint(new OutputConstraint.Choice(List.of("The brown fox jumps over the lazy dog")));
			}

		},

		OF_MANY_BYTES {

			@Override
			GenerationRequest request(LlamaCppEngine engine) {
				return Cria
						.ask(engine, "Sing.", DEFAULTS.withSeed(16), "\uD83E\uDD99\uD83E\uDD99\uD83E\uDD99\u00e9\u00e9")
						.withConstraint(new OutputConstraint.Regex("(\u00fc|\uD83E\uDD99|\u4f60|\u00e9){8,12}"))
						.withLogprobs(1);
			}

		};

		abstract GenerationRequest request(LlamaCppEngine engine);

		private static GenerationRequest longer(LlamaCppEngine engine, SamplingParameters sampling) {
			return new GenerationRequest(Cria.prompt(engine, "Name 3 fruits."), 30, sampling
					.withTokens(TokenRules.NONE.withoutEndOfGeneration()), List.of());
		}

	}

}
