package dev.corral.openai;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;

/** A long run: {@code corral.fuzz.requests} of them. */
@Tag("long")
class AllRoutesFuzzSoakTests extends AllRoutesFuzz {

	@Test
	void answersWhateverIsSentToAnyRouteForLong(CapturedOutput output) {
		answersAll(Integer.getInteger("corral.fuzz.requests", 100_000), output);
	}

}
