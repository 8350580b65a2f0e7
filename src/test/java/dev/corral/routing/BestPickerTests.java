package dev.corral.routing;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BestPickerTests {

	private final Replica a = Candidates.replica("a");

	private final Replica b = Candidates.replica("b");

	private final PromptBlocks prompt = PromptBlocks.of(FakePool.request(), IntStream.range(0, 640).boxed().toList());

	@Test
	void staysWhereThePromptIsCachedThoughOthersAreIdle() {
		b.prefixes().remember(prompt);
		busy(b, 7);

		assertThat(pick()).isEqualTo(new Pick(b, Pick.Reason.PREFIX, 640));
	}

	@Test
	void leavesAnOverloadedReplica() {
		b.prefixes().remember(prompt);
		busy(b, 8);

		assertThat(pick()).isEqualTo(new Pick(a, Pick.Reason.LOAD, 0));
	}

	@Test
	void placesAPromptThatNobodyHasByItsHash() {
		var first = pick();

		assertThat(first.reason()).isEqualTo(Pick.Reason.HASH);
		assertThat(new BestPicker().pick(prompt, List.of(b, a))).isEqualTo(first);
	}

	@Test
	void spreadsWhatAllHaveCachedByLoad() {
		a.prefixes().remember(prompt);
		b.prefixes().remember(prompt);
		busy(a, 1);

		assertThat(pick()).isEqualTo(new Pick(b, Pick.Reason.PREFIX, 640));
	}

	@Test
	void picksAmongOverloadedReplicasWhenAllAre() {
		busy(a, 20);
		busy(b, 9);

		assertThat(pick().replica()).isSameAs(b);
	}

	private Pick pick() {
		return new BestPicker().pick(prompt, List.of(a, b));
	}

	private static void busy(Replica replica, int requests) {
		for (int i = 0; i < requests; i++) {
			replica.enter();
		}
	}

}
