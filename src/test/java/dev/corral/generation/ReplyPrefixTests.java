package dev.corral.generation;

import java.util.List;

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
		assertThat(deltas("", "a", " b")).containsExactly(new TokenDelta("a", 1), new TokenDelta(" b", 1));
	}

	@Test
	void takesThePrefixOffTheFirstDelta() {
		assertThat(deltas(" ", " Hello", " you")).containsExactly(new TokenDelta("Hello", 1),
				new TokenDelta(" you", 1));
	}

	@Test
	void takesThePrefixOffWhenItComesInParts() {
		assertThat(deltas("<a>:", "<", "a", ">: x", "<a>:")).containsExactly(new TokenDelta(" x", 3),
				new TokenDelta("<a>:", 1));
	}

	@Test
	void countsTheTokensOfASwallowedDeltaWithTheNext() {
		assertThat(deltas(" ", " ", "Hello")).containsExactly(new TokenDelta("Hello", 2));
	}

	@Test
	void keepsAReplyThatBeginsOtherwise() {
		assertThat(deltas("\n\n", "\n", "Hello", "\n\n")).containsExactly(new TokenDelta("\nHello", 2),
				new TokenDelta("\n\n", 1));
	}

	@Test
	void keepsALaterPrefixWhenTheReplyBeginsWithTwo() {
		assertThat(deltas(" ", "  Hello")).containsExactly(new TokenDelta(" Hello", 1));
	}

	@Test
	void givesBackWhatItHeldWhenTheReplyIsShorterThanThePrefix() {
		var events = ReplyPrefix.strip("Sure:", FakeEngine.reply("S", "ure")).collectList().block();

		assertThat(events).endsWith(new TokenDelta("Sure", 2), FakeEngine.finished(FinishReason.STOP));
	}

	@Test
	void givesBackWhatItHeldWhenTheGenerationFails() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);
		Flux<GenerationEvent> events = Flux.just(new Admitted(), new TokenDelta("S", 1), failed);

		assertThat(ReplyPrefix.strip("Sure:", events).collectList().block()).containsExactly(new Admitted(),
				new TokenDelta("S", 1), failed);
	}

	@Test
	void saysNothingForAReplyThatIsThePrefixAlone() {
		assertThat(deltas(" ", " ")).isEmpty();
	}

	private static List<GenerationEvent> deltas(String prefix, String... deltas) {
		return ReplyPrefix.strip(prefix, FakeEngine.reply(deltas)).filter(TokenDelta.class::isInstance).toStream()
				.toList();
	}

}
