package dev.corral.openai;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;

/** A short run. */
class AllRoutesFuzzIntegrationTests extends AllRoutesFuzz {

	@Test
	void answersWhateverIsSentToAnyRouteAndGoesOn(CapturedOutput output) {
		answersAll(2000, output);
	}

}
