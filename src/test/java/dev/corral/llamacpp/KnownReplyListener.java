package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.Usage;

import static org.assertj.core.api.Assertions.assertThat;

/** Collects the events of one reply that is known, and checks their order. Told by one thread at a time. */
final class KnownReplyListener {

	private final KnownReply expected;

	private final double rounding;

	private final List<Integer> tokens = new ArrayList<>();

	private int events;

	private @Nullable Usage usage;

	/** @param rounding see {@link KnownReply#compare} */
	KnownReplyListener(KnownReply expected, double rounding) {
		this.expected = expected;
		this.rounding = rounding;
	}

	void event(GenerationEvent event) {
		assertThat(usage).as("the end before %s", event).isNull();
		int place = events++;
		switch (event) {
			case Admitted() -> assertThat(place).isZero();
			case PromptProcessed(int promptTokens, int cachedTokens, _) -> {
				assertThat(place).isEqualTo(1);
				assertThat(promptTokens).isEqualTo(expected.request().promptTokens().size());
				assertThat(cachedTokens).isBetween(0, promptTokens - 1);
			}
			case TokenDelta delta -> {
				assertThat(place).isGreaterThan(1);
				tokens.addAll(delta.tokenIds());
			}
			case Finished finished -> {
				assertThat(place).isGreaterThan(1);
				usage = finished.usage();
			}
			case Failed(var failure, _) -> throw new AssertionError("failed: " + expected.request(), failure);
		}
	}

	KnownReply expected() {
		return expected;
	}

	/** Whether the reply came to its end. */
	boolean completed() {
		return usage != null;
	}

	int tokens() {
		return tokens.size();
	}

	/** Compares what has come with what is known. */
	int compare() {
		return expected.compare(tokens, usage, rounding);
	}

}
