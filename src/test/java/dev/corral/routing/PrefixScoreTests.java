package dev.corral.routing;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrefixScoreTests {

	@ParameterizedTest
	@CsvSource({"100, 0, 0", "256, 64, 0.25", "128, 128, 1"})
	void isTheShareOfThePromptThatIsCached(int promptTokens, int cachedTokens, double score) {
		var candidate = Candidates.caching(promptTokens, cachedTokens);

		assertThat(new PrefixScore().score(candidate, List.of(candidate))).isEqualTo(score);
	}

}
