package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Usage;

import static org.assertj.core.api.Assertions.assertThat;

/** A sequence that another engine began. */
class ResumedSequenceTests {

	private static final List<Integer> PROMPT = IntStream.range(1, 50).boxed().toList();

	private static final SamplingParameters GREEDY = SamplingParameters.GREEDY;

	private final AtomicInteger ended = new AtomicInteger();

	@Test
	void tellsTheRestOfTheReplyAndTheUsageOfAll() {
		var engine = new SchedulerFixture(2, 64);
		var whole = engine.submit(PROMPT, 10);
		engine.runToIdle();

		var rest = engine.submit(resumed(whole.tokens().subList(0, 4), 10));
		engine.runToIdle();

		assertThat(rest.tokens()).isEqualTo(whole.tokens().subList(4, 10));
		assertThat(rest.events.getFirst()).isEqualTo(new PromptProcessed(49, 49));
		assertThat(((Finished) rest.events.getLast()).usage()).isEqualTo(new Usage(49, 10, 49));
		assertThat(((Finished) rest.events.getLast()).reason()).isEqualTo(FinishReason.LENGTH);
	}

	@Test
	void isPrefilledAgainWhereItWasSwappedOutBeforeItsFirstToken() {
		var engine = new SchedulerFixture(1, 16);
		var told = FakeExecutor.reply(PROMPT, 4);
		var rest = engine.submit(resumed(told, 10));
		engine.step();
		assertThat(rest.state()).isEqualTo(SequenceState.PREFILL);

		engine.submit(new GenerationRequest(List.of(900, 901), 5, GREEDY, List.of()).withPriority(1));
		engine.runToIdle();

		assertThat(rest.tokens()).isEqualTo(rest.expected()).hasSize(6);
		assertThat(rest.events.stream().filter(PromptProcessed.class::isInstance)).hasSize(1);
	}

	@Test
	void takesTokensThatMustComeNextAndTellsThemWithThePrompt() {
		var events = new ArrayList<GenerationEvent>();
		var sequence = sequence(resumed(List.of(7), 10), events, new Forcing(7, 8, 9));

		assertThat(sequence.length()).isEqualTo(PROMPT.size() + 3);
		assertThat(sequence.endIfComplete(5)).isTrue();

		assertThat(events).element(1).isEqualTo(new TokenDelta("bc", List.of(8, 9)));
		var finished = (Finished) events.getLast();
		assertThat(finished.reason()).isEqualTo(FinishReason.STOP);
		assertThat(finished.usage()).isEqualTo(new Usage(49, 3, 0));
	}

	@Test
	void endsAtOnceAtItsLimitWithWhatWasHeldBack() {
		var events = new ArrayList<GenerationEvent>();
		var request = new GenerationRequest(Stream.concat(PROMPT.stream(), Stream.of(7, 8)).toList(), 2, GREEDY,
				List.of("bcd")).withResumed(new Resumed(2, 0));

		assertThat(sequence(request, events, null).endIfComplete(5)).isTrue();

		assertThat(events).element(1).isEqualTo(new TokenDelta("b", List.of()));
		assertThat(((Finished) events.getLast()).reason()).isEqualTo(FinishReason.LENGTH);
	}

	@Test
	void endsAtOnceAfterATokenThatEndsTheReply() {
		var events = new ArrayList<GenerationEvent>();
		var request = resumed(List.of(7, 8), 10)
				.withSampling(GREEDY.withTokens(TokenRules.NONE.withStopTokens(Set.of(8))));

		assertThat(sequence(request, events, null).endIfComplete(5)).isTrue();

		assertThat(ended).hasValue(1);
		assertThat(events).hasSize(2);
		assertThat(((Finished) events.getLast()).reason()).isEqualTo(FinishReason.STOP);
		assertThat(((Finished) events.getLast()).usage().completionTokens()).isEqualTo(2);
	}

	@Test
	void doesNotEndWhereMoreIsToCome() {
		var events = new ArrayList<GenerationEvent>();
		var sequence = sequence(resumed(List.of(7, 8), 10), events, null);

		assertThat(sequence.endIfComplete(5)).isFalse();

		assertThat(events).isEmpty();
		assertThat(sequence.state()).isEqualTo(SequenceState.QUEUED);
	}

	private static GenerationRequest resumed(List<Integer> told, int maxTokens) {
		return new GenerationRequest(Stream.concat(PROMPT.stream(), told.stream()).toList(), maxTokens, GREEDY,
				List.of()).withResumed(new Resumed(told.size(), 0));
	}

	/** Token 7 is {@code a}, 8 is {@code b}, and so on. */
	private Sequence sequence(GenerationRequest request, List<GenerationEvent> events,
			@Nullable TokenConstraint constraint) {
		var vocabulary = new SamplerVocabulary(Set.of(), token -> new byte[]{(byte) ('a' + token - 7)});
		var sampler = new Sampler(request, 0, vocabulary, constraint);
		return new Sequence(request, SchedulerFixture.WINDOW, sampler, events::add, ended::incrementAndGet, 0);
	}

	/** Allows one reply alone. */
	private static final class Forcing implements TokenConstraint {

		private final int[] reply;

		private int accepted;

		Forcing(int... reply) {
			this.reply = reply;
		}

		@Override
		public void apply(float[] logits) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void accept(int token) {
			assertThat(token).isEqualTo(reply[accepted++]);
		}

		@Override
		public int[] forced() {
			return Arrays.copyOfRange(reply, accepted, reply.length);
		}

		@Override
		public boolean mustEnd() {
			return accepted == reply.length;
		}

		@Override
		public TokenConstraint copy() {
			throw new UnsupportedOperationException();
		}

	}

}
