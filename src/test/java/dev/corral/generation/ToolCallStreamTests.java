package dev.corral.generation;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.TokenLogprob;
import dev.corral.template.Tool;
import dev.corral.template.ToolFormatsOfTests;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class ToolCallStreamTests {

	private static final List<Tool> TOOLS = List.of(new Tool("time", "", "{\"type\":\"object\"}"));

	private static final String CALL = "<tool_call>{\"name\": \"time\", \"arguments\": {}}</tool_call>";

	@Test
	void tellsCallsApartAndNumbersThem() {
		var events = events(TOOLS, FakeEngine.reply("Look:", CALL, "\n" + CALL));

		assertThat(events.subList(2, events.size() - 1)).containsExactly(new Generated(FakeEngine.delta("Look:")),
				new ToolCallBegun(0, "call_0", "time"), new ToolCallArguments(0, "{}"),
				new ToolCallBegun(1, "call_1", "time"), new ToolCallArguments(1, "{}"));
		assertThat(events.getLast()).isEqualTo(new Generated(FakeEngine.finished(FinishReason.STOP)));
	}

	@Test
	void leavesCallsInTheTextOfARequestWithoutTools() {
		var events = events(List.of(), FakeEngine.reply(CALL));

		assertThat(events.get(2)).isEqualTo(new Generated(FakeEngine.delta(CALL)));
	}

	@Test
	void tellsTheTokensOfWhatIsSaidAndNotThoseOfCalls() {
		var reply = Flux.just(FakeEngine.delta("Look", -1), FakeEngine.delta(" <", -2), FakeEngine.delta("3 ", -3),
				FakeEngine.delta("<tool", -4), FakeEngine.delta(CALL.substring(5), -5));
		var events = events(TOOLS,
				Flux.concat(FakeEngine.begun(), reply, Flux.just(FakeEngine.finished(FinishReason.STOP))));

		var deltas = events.stream().filter(event -> event instanceof Generated(TokenDelta _))
				.map(event -> (TokenDelta) ((Generated) event).event()).toList();
		assertThat(deltas).extracting(TokenDelta::text).containsExactly("Look", " <3");
		assertThat(deltas.stream().flatMap(delta -> delta.logprobs().stream()).map(TokenLogprob::logprob))
				.containsExactly(-1.0, -2.0, -3.0);
	}

	@Test
	void doesNotReadAheadOfASlowReader() {
		var asked = new AtomicInteger();
		var reply = Flux.range(0, 1_000).<GenerationEvent>map(_ -> FakeEngine.delta("a"))
				.doOnRequest(count -> asked.addAndGet((int) Math.min(count, 1_000)));

		var stream = ToolCallStream.of(ToolFormatsOfTests.named("hermes"), TOOLS, () -> "id", reply);

		stream.limitRate(1).take(3).blockLast();
		assertThat(asked).hasValueLessThanOrEqualTo(5);
	}

	private static List<ReplyEvent> events(List<Tool> tools, Flux<GenerationEvent> reply) {
		var ids = new AtomicInteger();
		return ToolCallStream
				.of(ToolFormatsOfTests.named("hermes"), tools, () -> "call_" + ids.getAndIncrement(), reply)
				.toStream().toList();
	}

}
