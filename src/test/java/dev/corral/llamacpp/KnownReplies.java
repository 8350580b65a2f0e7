package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Choice;
import dev.corral.inference.OutputConstraint.JsonSchema;
import dev.corral.inference.OutputConstraint.Regex;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.TokenRules;

/**
 * Random prompts with their replies: questions and meaningless tokens after a few system prompts, and conversations that go on after such
 * a reply. Some replies are sampled from a seed, some constrained.
 */
final class KnownReplies {

	private static final int MAX_PROMPT_TOKENS = 360;

	private static final int MAX_REPLY_TOKENS = 48;

	private static final int SYSTEM_PROMPTS = 4;

	private static final List<OutputConstraint> CONSTRAINTS = List.of(
			new JsonSchema(
					"""
						{"type": "object", "properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer"}},
						"required": ["name", "age"], "additionalProperties": false}"""),
			new Regex("(yes|no), because [a-z ]{3,60}\\."),
			new Choice(List.of("red", "green", "blue", "a colour that has a long name")));

	private final InferenceEngine alone;

	private final SplittableRandom random;

	private final List<List<Integer>> systemPrompts;

	private int salts;

	/** @param alone an engine of one sequence */
	KnownReplies(InferenceEngine alone, SplittableRandom random) {
		this.alone = alone;
		this.random = random;
		systemPrompts = Stream.generate(() -> tokens(random.nextInt(40, 160))).limit(SYSTEM_PROMPTS).toList();
	}

	/** Asks for replies to so many prompts; returns those to the same prompt together. */
	List<List<KnownReply>> ask(int prompts) {
		var known = new ArrayList<List<KnownReply>>();
		for (int i = 0; i < prompts; i++) {
			var prompt = prompt(known);
			var greedy = Cria.greedy(prompt, random.nextInt(16, MAX_REPLY_TOKENS + 1));
			var requests = List.of(random.nextInt(5) == 0 ? constrained(greedy) : longer(greedy), seeded(greedy),
					seeded(longer(greedy)));
			known.add(requests.stream().map(this::ask).toList());
		}
		return known;
	}

	private KnownReply ask(GenerationRequest request) {
		return KnownReply.ask(alone, request, "alone " + salts++);
	}

	private GenerationRequest constrained(GenerationRequest request) {
		return request.withConstraint(CONSTRAINTS.get(random.nextInt(CONSTRAINTS.size())));
	}

	private GenerationRequest seeded(GenerationRequest request) {
		return request.withSampling(request.sampling().withTemperature(0.8f).withSeed(random.nextLong()));
	}

	/** Most of the model's own replies are short; this one mostly does not end before its limit. */
	private GenerationRequest longer(GenerationRequest request) {
		return random.nextInt(4) == 0
				? request
				: request.withSampling(request.sampling().withTokens(TokenRules.NONE.withoutEndOfGeneration()));
	}

	private List<Integer> prompt(List<List<KnownReply>> known) {
		var prompt = new ArrayList<Integer>();
		if (!known.isEmpty() && random.nextBoolean()) {
			var before = known.get(random.nextInt(known.size())).getFirst();
			prompt.addAll(before.request().promptTokens());
			prompt.addAll(before.reply().tokenIds());
			prompt.addAll(random.nextBoolean() ? question() : tokens(random.nextInt(5, 60)));
		} else if (random.nextInt(3) == 0) {
			prompt.addAll(systemPrompts.get(random.nextInt(SYSTEM_PROMPTS)));
			prompt.addAll(tokens(random.nextInt(5, 60)));
		} else if (random.nextInt(3) == 0) {
			prompt.addAll(systemPrompts.get(random.nextInt(SYSTEM_PROMPTS)));
			prompt.addAll(question());
		} else {
			prompt.addAll(Cria.prompt(alone, text()));
		}
		return prompt.size() > MAX_PROMPT_TOKENS ? prompt.subList(0, MAX_PROMPT_TOKENS) : prompt;
	}

	private List<Integer> question() {
		return alone.tokenizer()
				.tokenize(List.of(PromptSegment.template(" USER: " + text() + " ASSISTANT:")), false);
	}

	private String text() {
		var questions = BatchRoundingNativeTests.QUESTIONS;
		return questions.get(random.nextInt(questions.size())) + " " + random.nextInt(100);
	}

	private List<Integer> tokens(int count) {
		return random.ints(count, 3, alone.model().vocabularyTokens()).boxed().toList();
	}

}
