package dev.corral.openai;

import org.junit.jupiter.api.BeforeEach;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import reactor.core.publisher.Flux;

/** Clients written for OpenAI understand the wire format, whatever the engine. */
class OpenAiClientsOnFakeEngineIntegrationTests extends HttpContract implements OpenAiClientsContract {

	@BeforeEach
	void answerLikeAModel() {
		engine.answer(_ -> reply(engine.prompt()));
	}

	private static Flux<GenerationEvent> reply(String prompt) {
		if (prompt.contains("capital of France")) {
			return Flux.concat(FakeEngine.begun(),
					Flux.just(" The capital", " of France", " is Paris.").map(text -> FakeEngine.delta(text, -0.1)),
					Flux.just(FakeEngine.finished(FinishReason.STOP)));
		}
		if (prompt.contains("USER:What is the weather in Paris?|")
				&& !prompt.contains("TOOL:")) {
			return FakeEngine.reply(" <tool_call>{\"name\": \"get_weather\", ", "\"arguments\": {\"city\":",
					" \"Paris\"}}</tool_call>");
		}
		return prompt.contains("USER:My name is Ada.|ASSISTANT:Hello!|USER:What is my name?|")
				? FakeEngine.reply(" Your name", " is Ada.")
				: FakeEngine.reply(" Hello", "!");
	}

	@Override
	public int port() {
		return port;
	}

	@Override
	public String model() {
		return "llama";
	}

}
