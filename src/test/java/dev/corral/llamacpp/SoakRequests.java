package dev.corral.llamacpp;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.Dry;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.Mirostat;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Choice;
import dev.corral.inference.OutputConstraint.JsonObject;
import dev.corral.inference.OutputConstraint.JsonSchema;
import dev.corral.inference.OutputConstraint.Regex;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;

/** Requests of every kind, at random. */
final class SoakRequests {

	private static final List<String> QUESTIONS = BatchRoundingNativeTests.QUESTIONS;

	private static final List<OutputConstraint> CONSTRAINTS = List.of(new JsonObject(),
			new JsonSchema(
					"""
						{"type": "object", "properties": {"name": {"type": "string", "maxLength": 8}, "age": {"type": "integer"}},
						"required": ["name", "age"], "additionalProperties": false}"""),
			new JsonSchema("{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}, \"maxItems\": 5}"),
			new Regex("[a-f0-9]{4}(-[a-f0-9]{4}){1,3}"), new Regex("(yes|no), because [a-z ]{3,40}\\."),
			new Choice(List.of("red", "green", "blue", "a colour that has a long name")));

	private static final List<OutputConstraint> REFUSED = List.of(new JsonSchema("{\"type\": \"strin"),
			new JsonSchema("{\"type\": \"integer\", \"minimum\": 5, \"maximum\": 4}"), new Regex("([a-z"),
			new Regex("(?=a)b"), new Choice(List.of()));

	private final InferenceEngine engine;

	/** Makes salts that never come again. */
	private long salts;

	SoakRequests(InferenceEngine engine) {
		this.engine = engine;
	}

	/** One of the requests with a known answer. */
	SoakRequest control(int question) {
		return new SoakRequest(Cria.ask(engine, QUESTIONS.get(question), SamplingParameters.GREEDY),
				SoakRequest.Expected.REPLY, question);
	}

	/** Any request. One thread at a time. */
	SoakRequest next(SplittableRandom random) {
		return switch (random.nextInt(20)) {
			case 0 -> refused(random);
			case 1 -> new SoakRequest(vary(tooLong(random), random), SoakRequest.Expected.TOO_LONG);
			case 2, 3, 4, 5 -> constrained(random);
			case 6, 7, 8 -> {
				var control = control(random.nextInt(QUESTIONS.size()));
				yield new SoakRequest(vary(control.request(), random), control.expected(), control.control());
			}
			default -> new SoakRequest(
					vary(anything(random), random).withSampling(sampling(random).withTokens(rules(random))),
					SoakRequest.Expected.REPLY);
		};
	}

	private SoakRequest refused(SplittableRandom random) {
		var request = vary(anything(random), random);
		return new SoakRequest(random.nextBoolean()
				? request.withConstraint(one(REFUSED, random))
				: request.withSampling(SamplingParameters.DEFAULTS
						.withTokens(TokenRules.NONE.withBanned(Set.of(engine.model().vocabularyTokens())))),
				SoakRequest.Expected.INVALID);
	}

	private SoakRequest constrained(SplittableRandom random) {
		var request = vary(anything(random), random).withConstraint(one(CONSTRAINTS, random));
		return random.nextInt(4) == 0
				? new SoakRequest(request.withSampling(sampling(random).withTokens(rules(random))),
						SoakRequest.Expected.REPLY_OR_DEAD_END)
				: new SoakRequest(request.withSampling(sampling(random)), SoakRequest.Expected.REPLY);
	}

	/** A question, a conversation of some turns, or random tokens up to the whole window. */
	private GenerationRequest anything(SplittableRandom random) {
		var prompt = switch (random.nextInt(4)) {
			case 0 -> tokens(random, random.nextInt(1, engine.model().contextTokens()));
			case 1 -> Cria.prompt(engine, one(QUESTIONS, random), "Certainly.", one(QUESTIONS, random));
			default -> Cria.prompt(engine, one(QUESTIONS, random) + " " + random.nextInt(100));
		};
		return new GenerationRequest(prompt, random.nextInt(1, 120), SamplingParameters.DEFAULTS,
				random.nextInt(4) == 0 ? List.of("e", "\n", "never to be seen") : List.of());
	}

	private GenerationRequest tooLong(SplittableRandom random) {
		int window = engine.model().contextTokens();
		return new GenerationRequest(tokens(random, random.nextInt(window, 2 * window)), 10,
				SamplingParameters.DEFAULTS, List.of());
	}

	private List<Integer> tokens(SplittableRandom random, int count) {
		return random.ints(count, 3, engine.model().vocabularyTokens()).boxed().toList();
	}

	/** Someone's, with some priority. */
	private GenerationRequest vary(GenerationRequest request, SplittableRandom random) {
		return request.withTenant(List.of("", "alice", "bob").get(random.nextInt(3)))
				.withCacheSalt(random.nextInt(8) == 0 ? "salt " + salts++ : "")
				.withPriority(random.nextInt(4) == 0 ? random.nextInt(-2, 3) : 0)
				.withLogprobs(random.nextInt(4) == 0 ? random.nextInt(6) : null);
	}

	private static SamplingParameters sampling(SplittableRandom random) {
		return new SamplingParameters(random.nextInt(4) == 0 ? 0 : (float) random.nextDouble(0.1, 2),
				new Truncation(sometimes(random, 0, 0.5, 3), random.nextInt(3) == 0 ? random.nextInt(1, 100) : 0,
						sometimes(random, 1, 0.2, 1), sometimes(random, 1, 0.1, 1), sometimes(random, 0, 0, 0.5)),
				random.nextInt(4) == 0 ? new Xtc((float) random.nextDouble(), 0.1f) : null, mirostat(random),
				new RepetitionPenalties(sometimes(random, 1, 0.5, 2), random.nextInt(600),
						sometimes(random, 0, -2, 2), sometimes(random, 0, -2, 2)),
				random.nextInt(4) == 0 ? Dry.DEFAULTS : null, TokenRules.NONE,
				random.nextBoolean() ? random.nextLong() : null);
	}

	private static @Nullable Mirostat mirostat(SplittableRandom random) {
		return random.nextInt(5) == 0
				? new Mirostat((float) random.nextDouble(1, 10), (float) random.nextDouble(0.05, 1))
				: null;
	}

	private TokenRules rules(SplittableRandom random) {
		var rules = TokenRules.NONE;
		if (random.nextInt(4) == 0) {
			rules = rules.withLogitBias(tokens(random, 20).stream().distinct()
					.collect(Collectors.toMap(token -> token, _ -> (float) random.nextDouble(-100, 100))));
		}
		if (random.nextInt(6) == 0) {
			rules = rules.withAllowed(Set.copyOf(tokens(random, 50)));
		}
		if (random.nextInt(4) == 0) {
			// None that the allowed ones could all be among.
			rules = rules.withBanned(Set.copyOf(tokens(random, 20)));
		}
		return switch (random.nextInt(6)) {
			case 0 -> rules.withMinTokens(random.nextInt(20));
			case 1 -> rules.withoutEndOfGeneration();
			default -> rules;
		};
	}

	/** In one of three cases a value of this range, otherwise the neutral one. */
	private static float sometimes(SplittableRandom random, double neutral, double from, double to) {
		return (float) (random.nextInt(3) == 0 ? random.nextDouble(from, to) : neutral);
	}

	private static <T> T one(List<T> all, SplittableRandom random) {
		return all.get(random.nextInt(all.size()));
	}

}
