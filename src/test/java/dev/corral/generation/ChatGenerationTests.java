package dev.corral.generation;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowSettings;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ModelSource;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.SamplingParameters;
import dev.corral.routing.Routers;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.FakeTemplate;
import dev.corral.template.Message;
import dev.corral.template.Prompt;
import dev.corral.template.RenderOptions;
import dev.corral.template.Role;
import dev.corral.template.Tool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ChatGenerationTests {

	/** USER:hi|ASSISTANT: and the beginning-of-sequence token. */
	private static final int PROMPT_TOKENS = 19;

	private final FakeEngine engine = new FakeEngine("llama", 64);

	@Test
	void asksTheEngineForTheRenderedConversation() {
		generation(new FakeTemplate("", List.of("|"))).generate(request(10, List.of("END"))).blockLast();

		var asked = engine.requests().getLast();
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:");
		assertThat(asked.promptTokens()).hasSize(PROMPT_TOKENS).startsWith(1);
		assertThat(asked.maxCompletionTokens()).isEqualTo(10);
		assertThat(asked.stopSequences()).containsExactly("END", "|");
		assertThat(asked.sampling()).isEqualTo(SamplingParameters.GREEDY);
	}

	@Test
	void namesAStopSequenceOnceThatRequestAndTemplateShare() {
		generation(new FakeTemplate("", List.of("|"))).generate(request(10, List.of("|"))).blockLast();

		assertThat(engine.requests().getLast().stopSequences()).containsExactly("|");
	}

	@Test
	void allowsWhatTheContextWindowLeavesWhenNoLimitIsGiven() {
		generation(new FakeTemplate()).generate(request(null, List.of())).blockLast();

		assertThat(engine.requests().getLast().maxCompletionTokens()).isEqualTo(64 - PROMPT_TOKENS);
	}

	@Test
	void refusesAPromptThatLeavesNoRoomForAReply() {
		var small = new FakeEngine("llama", PROMPT_TOKENS);

		StepVerifier.create(generation(small, new FakeTemplate()).generate(request(1, List.of())))
				.verifyErrorSatisfies(failure -> assertThat(failure)
						.isInstanceOf(InferenceFailure.PromptTooLong.class)
						.hasMessageContaining("window is 19 tokens, but the prompt has 19 tokens"));
		assertThat(small.requests()).isEmpty();
	}

	@Test
	void acceptsAPromptThatLeavesRoomForOneToken() {
		var exact = new FakeEngine("llama", PROMPT_TOKENS + 1);

		generation(exact, new FakeTemplate()).generate(request(null, List.of())).blockLast();

		assertThat(exact.requests().getLast().maxCompletionTokens()).isEqualTo(1);
	}

	@Test
	void takesTheTemplatesPrefixOffTheReply() {
		engine.answer(FakeEngine.reply(" Hello", " you"));

		StepVerifier.create(generation(new FakeTemplate(" ", List.of())).generate(request(null, List.of())))
				.expectNextSequence(FakeEngine.begun().toIterable())
				.expectNext(new TokenDelta("Hello", FakeEngine.delta(" Hello").tokenIds()))
				.expectNext(FakeEngine.delta(" you")).expectNext(FakeEngine.finished(FinishReason.STOP))
				.verifyComplete();
	}

	@Test
	void signalsAnUnknownModelWhenSubscribedTo() {
		var unknown = new ChatRequest("alpaca", List.of(new Message(Role.USER, "hi")), null, SamplingParameters.GREEDY,
				List.of());

		StepVerifier.create(generation(new FakeTemplate()).generate(unknown))
				.verifyError(InferenceFailure.ModelNotFound.class);
	}

	@Test
	void rendersOffTheThreadThatSubscribes() {
		var rendered = new AtomicReference<Thread>();
		var template = new RecordingTemplate(rendered);

		generation(template).generate(request(null, List.of())).subscribeOn(Schedulers.parallel()).blockLast();

		assertThat(rendered.get().getName()).startsWith("boundedElastic-");
	}

	@Test
	void cancelsTheEngineWhenTheReaderLeaves() {
		engine.answer(FakeEngine.begun().concatWith(Flux.never()));

		StepVerifier.create(generation(new FakeTemplate(" ", List.of())).generate(request(null, List.of())))
				.expectNextCount(2).thenCancel().verify();

		engine.awaitCancellation();
	}

	@Test
	void passesOnWhatTheRequestSaysAboutItsServing() {
		var request = new ChatRequest("llama", List.of(new Message(Role.USER, "hi")), null, SamplingParameters.GREEDY,
				List.of(), 5, -2, "team", "salt", new OutputConstraint.JsonObject(), ToolUse.NONE);

		generation(new FakeTemplate()).generate(request).blockLast();

		var asked = engine.requests().getLast();
		assertThat(asked.logprobs()).isEqualTo(5);
		assertThat(asked.priority()).isEqualTo(-2);
		assertThat(asked.tenant()).isEqualTo("team");
		assertThat(asked.constraint()).isEqualTo(new OutputConstraint.JsonObject());
	}

	@Test
	void constrainsAReplyThatMayCallToolsAndTellsItsCalls() {
		engine.answer(FakeEngine.reply("<tool_call>{\"name\": \"f\", ", "\"arguments\": {}}</tool_call>"));

		var events = generation(new FakeTemplate("", List.of("|"))).generate(asking(new ToolChoice.Auto()), 2)
				.collectList().block();

		assertThat(events).extracting(ChoiceEvent::event).filteredOn(ReplyEvent.ToolCallBegun.class::isInstance)
				.hasSize(2).extracting(event -> ((ReplyEvent.ToolCallBegun) event).id()).doesNotHaveDuplicates();
		var asked = engine.requests().getLast();
		assertThat(engine.prompt()).isEqualTo("SYSTEM:f|SYSTEM:g|USER:hi|ASSISTANT:");
		assertThat(asked.stopSequences()).containsExactly("|");
		assertThat(asked.constraint()).isInstanceOfSatisfying(OutputConstraint.ToolCalls.class,
				calls -> assertThat(calls.freedom()).isEqualTo(OutputConstraint.Freedom.CALLS_AFTER_TEXT));
	}

	@Test
	void letsNothingButTheConstraintEndAReplyThatMustCall() {
		generation(new FakeTemplate("", List.of("|"))).generate(asking(new ToolChoice.Named("f")), 1)
				.blockLast();

		var asked = engine.requests().getLast();
		assertThat(asked.stopSequences()).isEmpty();
		assertThat(asked.constraint()).isInstanceOfSatisfying(OutputConstraint.ToolCalls.class, calls -> {
			assertThat(calls.freedom()).isEqualTo(OutputConstraint.Freedom.CALLS_ONLY);
			assertThat(calls.calls()).extracting(OutputConstraint.Call::parameter, OutputConstraint.Call::strict)
					.containsExactly(tuple("tools[0].parameters", true));
			assertThat(calls.mostCalls()).isEqualTo(1);
		});
	}

	@Test
	void looksForCallsOnlyAtTheBeginningOfAReplyThatIsConstrained() {
		var object = "{\"a\": \"<tool_call>\"}";
		var call = "<tool_call>{\"name\": \"f\", \"arguments\": {}}</tool_call>";
		engine.answer(FakeEngine.reply(object, call));
		var asked = asking(new ToolChoice.Auto()).withConstraint(new OutputConstraint.JsonObject());

		var events = generation(new FakeTemplate()).generate(asked, 1).collectList().blockOptional().orElseThrow();
		engine.answer(FakeEngine.reply(call));
		var called = generation(new FakeTemplate()).generate(asked, 1).collectList().blockOptional().orElseThrow();

		assertThat(events).extracting(ChoiceEvent::event).noneMatch(ReplyEvent.ToolCallBegun.class::isInstance);
		assertThat(called).extracting(ChoiceEvent::event).anyMatch(ReplyEvent.ToolCallBegun.class::isInstance);
		assertThat(engine.requests().getLast().constraint()).isInstanceOfSatisfying(OutputConstraint.ToolCalls.class,
				calls -> {
					assertThat(calls.freedom()).isEqualTo(OutputConstraint.Freedom.CALLS_OR_TEXT);
					assertThat(calls.otherwise()).isEqualTo(new OutputConstraint.JsonObject());
				});
	}

	@Test
	void saysNothingOfToolsThatAreNotToBeCalled() {
		engine.answer(FakeEngine.reply("<tool_call>{\"name\": \"f\", \"arguments\": {}}</tool_call>"));

		var events = generation(new FakeTemplate()).generate(asking(new ToolChoice.None()), 1).collectList().block();

		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:");
		assertThat(engine.requests().getLast().constraint()).isNull();
		assertThat(events).extracting(ChoiceEvent::event).noneMatch(ReplyEvent.ToolCallBegun.class::isInstance);
	}

	private static ChatRequest asking(ToolChoice choice) {
		var tools = List.of(new Tool("f", "", "{\"type\":\"object\"}", false, "tools[0].parameters"),
				new Tool("g", "", "{\"type\":\"object\"}"));
		return new ChatRequest("llama", List.of(new Message(Role.USER, "hi")), null, SamplingParameters.GREEDY,
				List.of(), null, 0, "", "", null, new ToolUse(tools, choice, true));
	}

	private ChatGeneration generation(ConversationTemplate template) {
		return generation(engine, template);
	}

	private static ChatGeneration generation(FakeEngine engine, ConversationTemplate template) {
		var source = new ModelSource("llama", Path.of("llama.gguf"), 64, 1);
		var engines = new Engines(Routers.to(FakeServedModel.ready(engine)),
				new RequestMeters(new SimpleMeterRegistry()));
		var models = new ChatModels(engines,
				new ModelCatalog(List.of(new CatalogModel(source, "llama", template))));
		return new ChatGeneration(models,
				new ChatWindow(new WindowSettings(WindowPolicy.STRICT, 0.6, 0.25, 4, 0.15, 0.2), models));
	}

	private static ChatRequest request(@Nullable Integer maxCompletionTokens, List<String> stopSequences) {
		return new ChatRequest("llama", List.of(new Message(Role.USER, "hi")), maxCompletionTokens,
				SamplingParameters.GREEDY, stopSequences);
	}

	private record RecordingTemplate(AtomicReference<Thread> rendered) implements ConversationTemplate {

		@Override
		public String name() {
			return "recording";
		}

		@Override
		public Prompt render(List<Message> messages, RenderOptions options) {
			rendered.set(Thread.currentThread());
			return new FakeTemplate().render(messages, options);
		}

		@Override
		public Prompt renderFinished(List<Message> messages) {
			return new FakeTemplate().renderFinished(messages);
		}

		@Override
		public List<String> stopSequences() {
			return List.of();
		}

	}

}
