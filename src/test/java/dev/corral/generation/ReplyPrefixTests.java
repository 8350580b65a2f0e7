package dev.corral.generation;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyPrefixTests {

	@Test
	void leavesEverythingAsItIsWithoutAPrefix() {
		assertThat(deltas("", "a", " b")).containsExactly(FakeEngine.delta("a"), FakeEngine.delta(" b"));
	}

	@Test
	void takesThePrefixOffTheFirstDelta() {
		assertThat(deltas(" ", " Hello", " you")).containsExactly(joined("Hello", " Hello"),
				FakeEngine.delta(" you"));
	}

	@Test
	void takesThePrefixOffWhenItComesInParts() {
		assertThat(deltas("<a>:", "<", "a", ">: x", "<a>:")).containsExactly(joined(" x", "<", "a", ">: x"),
				FakeEngine.delta("<a>:"));
	}

	@Test
	void countsTheTokensOfASwallowedDeltaWithTheNext() {
		assertThat(deltas(" ", " ", "Hello")).containsExactly(joined("Hello", " ", "Hello"));
	}

	@Test
	void keepsAReplyThatBeginsOtherwise() {
		assertThat(deltas("\n\n", "\n", "Hello", "\n\n")).containsExactly(joined("\nHello", "\n", "Hello"),
				FakeEngine.delta("\n\n"));
	}

	@Test
	void keepsALaterPrefixWhenTheReplyBeginsWithTwo() {
		assertThat(deltas(" ", "  Hello")).containsExactly(joined(" Hello", "  Hello"));
	}

	@Test
	void givesBackWhatItHeldWhenTheReplyIsShorterThanThePrefix() {
		var events = ReplyPrefix.strip("Sure:", FakeEngine.reply("S", "ure")).collectList().block();

		assertThat(events).endsWith(joined("Sure", "S", "ure"), FakeEngine.finished(FinishReason.STOP));
	}

	@Test
	void givesBackWhatItHeldWhenTheGenerationFails() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);
		Flux<GenerationEvent> events = Flux.just(new Admitted(), FakeEngine.delta("S"), failed);

		assertThat(ReplyPrefix.strip("Sure:", events).collectList().block()).containsExactly(new Admitted(),
				FakeEngine.delta("S"), failed);
	}

	@Test
	void saysNothingForAReplyThatIsThePrefixAlone() {
		assertThat(deltas(" ", " ")).isEmpty();
	}

	/** One delta with the tokens of several. */
	private static TokenDelta joined(String text, String... deltas) {
		return new TokenDelta(text,
				Stream.of(deltas).flatMap(delta -> FakeEngine.delta(delta).tokenIds().stream()).toList());
	}

	private static List<GenerationEvent> deltas(String prefix, String... deltas) {
		return ReplyPrefix.strip(prefix, FakeEngine.reply(deltas)).filter(TokenDelta.class::isInstance).toStream()
				.toList();
	}

}
