package dev.corral.llamacpp;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.FinishReason;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Call;
import dev.corral.inference.OutputConstraint.Choice;
import dev.corral.inference.OutputConstraint.Freedom;
import dev.corral.inference.OutputConstraint.JsonSchema;
import dev.corral.inference.OutputConstraint.Opening;
import dev.corral.inference.OutputConstraint.Regex;
import dev.corral.inference.OutputConstraint.ToolCalls;
import dev.corral.inference.SamplingParameters;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("native")
class ConstrainedReplyNativeTests {

	private static final OutputConstraint CITY = new JsonSchema("""
		{"type": "object", "properties": {"name": {"type": "string", "maxLength": 12}, "people": {"type": "integer"},
		"capital": {"type": "boolean"}}, "required": ["name", "people", "capital"], "additionalProperties": false}""");

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void everySampledReplyHasTheShapeThatWasAskedFor(NativeRuntime runtime) {
		try (var engine = runtime.cria(1024, 8)) {
			var requests = IntStream.range(0, 16)
					.mapToObj(seed -> Cria
							.ask(engine, "Tell me about a city.", SamplingParameters.DEFAULTS.withSeed(seed))
							.withConstraint(CITY))
					.toList();

			var replies = Reply.ofAll(requests.stream().map(engine::generate).toList());

			for (var reply : replies) {
				assertThat(reply.reason()).isEqualTo(FinishReason.STOP);
				var city = JsonMapper.shared().readTree(reply.text());
				assertThat(city.propertyNames()).containsExactly("name", "people", "capital");
				assertThat(city.get("name").stringValue()).hasSizeLessThanOrEqualTo(12);
				assertThat(city.get("people").isIntegralNumber()).isTrue();
				assertThat(city.get("capital").isBoolean()).isTrue();
			}
			assertThat(replies).extracting(Reply::text).doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void callsToolsInTheFormThatWasAskedFor(NativeRuntime runtime) {
		var calls = new ToolCalls(List.of(new Opening("<s>[", "<s>")),
				List.of(new Call("tools[0]", "{\"name\": \"a\", \"arguments\": ",
						"{\"type\": \"object\", \"additionalProperties\": false}", "}", true),
						new Call("tools[1]", "{\"name\": \"b\", \"arguments\": ",
								"{\"type\": \"object\", \"properties\": {\"n\": {\"type\": \"integer\", \"minimum\": 0, \"maximum\": 9}}, \"required\": [\"n\"], \"additionalProperties\": false}",
								"}", true)),
				", ", "]", 3, Freedom.CALLS_ONLY, null, List.of("<s>"));
		try (var engine = runtime.cria(1024, 8)) {
			var requests = IntStream.range(0, 8).mapToObj(seed -> Cria
					.ask(engine, "Call something.", SamplingParameters.DEFAULTS.withSeed(seed)).withConstraint(calls))
					.toList();

			var replies = Reply.ofAll(requests.stream().map(engine::generate).toList());

			assertThat(replies).allSatisfy(reply -> {
				assertThat(reply.reason()).isEqualTo(FinishReason.STOP);
				assertThat(reply.tokenIds().getFirst()).as("the control token itself").isEqualTo(1);
				assertThat(reply.text()).matches(
						"<s>\\[(\\{\"name\": (\"a\", \"arguments\": \\{\\s*}|\"b\", \"arguments\": \\{\\s*\"n\" ?:\\s*\\d\\s*})}(, )?){1,3}]");
			});
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void leavesAReplyThatMayCallToolsAsItIs(NativeRuntime runtime) {
		var call = new Call("tools[0]", "<tool_call>", "{\"type\": \"object\"}", "</tool_call>", false);
		var calls = new ToolCalls(List.of(new Opening("", "<tool_call>")), List.of(call), "", "", 1,
				Freedom.CALLS_AFTER_TEXT, null, List.of());
		try (var engine = runtime.cria(512, 1)) {
			var question = Cria.ask(engine, "What is the capital of France?", SamplingParameters.GREEDY);

			var free = Reply.of(engine.generate(question));
			var mayCall = Reply.of(engine.generate(question.withConstraint(calls)));

			assertThat(mayCall.text()).isEqualTo(free.text()).contains("Paris");
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void takesForcedTokensWithoutAStepForEach(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1)) {
			var question = Cria.ask(engine, "Say it.", SamplingParameters.GREEDY);
			var text = "The quick brown fox jumps over the lazy dog";

			var reply = Reply.of(engine.generate(question.withConstraint(new Choice(List.of(text)))));

			assertThat(reply.text()).isEqualTo(text);
			assertThat(reply.reason()).isEqualTo(FinishReason.STOP);
			assertThat(engine.tokenizer().detokenize(reply.tokenIds())).isEqualTo(text);
			assertThat(reply.usage().completionTokens()).isEqualTo(reply.tokenIds().size());
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void stopsAtTheTokenLimitInTheMiddleOfAForcedRun(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1)) {
			var request = Cria.greedy(Cria.prompt(engine, "Say it."), 4)
					.withConstraint(new Regex("The quick brown fox jumps over the lazy dog"));

			var reply = Reply.of(engine.generate(request));

			assertThat(reply.reason()).isEqualTo(FinishReason.LENGTH);
			assertThat(reply.usage().completionTokens()).isEqualTo(4);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void refusesAContradictionBeforeAnythingIsQueued(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1)) {
			var request = Cria.ask(engine, "Hello", SamplingParameters.GREEDY)
					.withConstraint(new JsonSchema("{\"type\": \"integer\", \"minimum\": 5, \"maximum\": 4}"));

			StepVerifier.create(engine.generate(request)).expectError(InvalidParameter.class).verify();

			assertThat(engine.load().waiting()).isZero();
		}
	}

}
