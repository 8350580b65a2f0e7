package dev.corral.llamacpp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SequenceStateTests {

	@Test
	void goesThroughPrefillAndDecodeToTheEnd() {
		assertThat(SequenceState.QUEUED.to(SequenceState.PREFILL)
				.to(SequenceState.DECODE)
				.to(SequenceState.FINISHED)
				.terminal()).isTrue();
	}

	@Test
	void namesBothStatesWhenATransitionIsIllegal() {
		assertThatIllegalStateException().isThrownBy(() -> SequenceState.QUEUED.to(SequenceState.DECODE))
				.withMessage("a sequence cannot go from QUEUED to DECODE");
	}

	@ParameterizedTest
	@EnumSource(names = {"FINISHED", "CANCELLED", "FAILED"})
	void staysWhereItEnded(SequenceState end) {
		for (var next : SequenceState.values()) {
			assertThatIllegalStateException().isThrownBy(() -> end.to(next));
		}
	}

}
