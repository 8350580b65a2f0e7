package dev.corral.llamacpp;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint.Choice;
import dev.corral.inference.OutputConstraint.JsonObject;
import dev.corral.inference.OutputConstraint.JsonSchema;
import dev.corral.inference.OutputConstraint.Regex;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Watches one generation and fails it when its events, its end or its text are not what the request promises. */
final class SoakWitness {

	private final SoakRequest asked;

	private final List<String> answers;

	private final StringBuilder text = new StringBuilder();

	private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.CANCELLED);

	private int events;

	private int tokens;

	private boolean terminal;

	private SoakWitness(SoakRequest asked, List<String> answers) {
		this.asked = asked;
		this.answers = answers;
	}

	static SoakWitness check(SoakRequest asked, List<String> answers) {
		return new SoakWitness(asked, answers);
	}

	/** The same events; an expected refusal becomes an empty end. */
	Flux<GenerationEvent> on(Flux<GenerationEvent> generation) {
		return generation.doOnNext(this::event)
				.doOnComplete(() -> assertThat(terminal).as("a terminal event before the end of %s", asked).isTrue())
				.onErrorResume(InferenceFailure.class, this::refused)
				.onErrorResume(InvalidParameter.class, this::refused);
	}

	/** How it ended; {@link Outcome#CANCELLED} if its reader went first. */
	Outcome outcome() {
		return requireNonNull(outcome.get());
	}

	/** Tokens of the reply that have arrived. */
	int tokens() {
		return tokens;
	}

	private void event(GenerationEvent event) {
		assertThat(terminal).as("an event after the terminal one").isFalse();
		int place = events++;
		switch (event) {
			case Admitted() -> assertThat(place).isZero();
			case PromptProcessed(int promptTokens, int cachedTokens, _) -> {
				assertThat(place).isEqualTo(1);
				assertThat(promptTokens).isEqualTo(asked.request().promptTokens().size());
				assertThat(cachedTokens).isBetween(0, promptTokens - 1);
			}
			case TokenDelta delta -> delta(place, delta);
			case Finished(var reason, var usage, _, _, _) -> {
				terminal = true;
				assertThat(place).isGreaterThan(1);
				assertThat(asked.expected()).isIn(SoakRequest.Expected.REPLY, SoakRequest.Expected.REPLY_OR_DEAD_END);
				assertThat(usage.completionTokens()).isBetween(1, asked.request().maxCompletionTokens());
				checkText(reason);
				outcome.set(reason == FinishReason.STOP ? Outcome.STOP : Outcome.LENGTH);
			}
			case Failed(var failure, _) -> {
				terminal = true;
				assertThat(asked.expected()).as("%s failed", asked, failure)
						.isEqualTo(SoakRequest.Expected.REPLY_OR_DEAD_END);
				assertThat(failure).hasMessageContaining("leave no token to choose from");
				outcome.set(Outcome.DEAD_END);
			}
		}
	}

	private void delta(int place, TokenDelta delta) {
		assertThat(place).isGreaterThan(1);
		assertThat(delta.text()).isNotEmpty();
		assertThat(delta.logprobs()).hasSize(asked.request().logprobs() == null ? 0 : delta.tokenIds().size());
		text.append(delta.text());
		tokens += delta.tokenIds().size();
	}

	private void checkText(FinishReason reason) {
		if (asked.control() >= 0) {
			assertThat(text.toString()).isEqualTo(answers.get(asked.control()));
		}
		// A stop sequence cuts the reply wherever it is.
		if (reason == FinishReason.STOP && asked.request().stopSequences().isEmpty()) {
			switch (asked.request().constraint()) {
				case null -> {
				}
				case JsonObject() -> assertThat(JsonMapper.shared().readTree(text.toString()).isObject()).isTrue();
				case JsonSchema _ -> JsonMapper.shared().readTree(text.toString());
				case Regex(String pattern) -> assertThat(text.toString()).matches(Pattern.compile(pattern));
				case Choice(var choices) -> assertThat(text.toString()).isIn(choices);
				default -> throw new IllegalStateException("no such constraint is asked for");
			}
		}
	}

	private Flux<GenerationEvent> refused(RuntimeException refusal) {
		assertThat(events).as("events before %s", refusal).isZero();
		if (refusal instanceof InferenceFailure.QueueFull) {
			assertThat(asked.expected()).isNotIn(SoakRequest.Expected.TOO_LONG, SoakRequest.Expected.INVALID);
			outcome.set(Outcome.QUEUE_FULL);
		} else {
			assertThat(refusal).isInstanceOf(asked.expected() == SoakRequest.Expected.TOO_LONG
					? InferenceFailure.PromptTooLong.class
					: InvalidParameter.class);
			assertThat(asked.expected()).as("%s was refused", asked, refusal).isIn(SoakRequest.Expected.TOO_LONG,
					SoakRequest.Expected.INVALID);
			outcome.set(Outcome.REFUSED);
		}
		return Flux.empty();
	}

	/** How a generation ended. */
	enum Outcome {

		STOP, LENGTH, CANCELLED, DEAD_END, QUEUE_FULL, REFUSED

	}

}
