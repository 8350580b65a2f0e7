package dev.corral.inference;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResumedTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		-1 | 0  | 'resumed_tokens' must be 0 or more, but is -1.
		1  | -1 | 'resumed_characters' must be 0 or more, but is -1.
		0  | 2  | 'resumed_characters' must be 0 where no tokens are resumed, but is 2.
		3  | 0  | 'resumed_tokens' must leave a token of the prompt and be at most 'max_tokens', so at most 2, but is 3.
		""")
	void refusesWhatCannotBe(int tokens, int characters, String message) {
		assertThatThrownBy(() -> request(9).withResumed(new Resumed(tokens, characters)))
				.isInstanceOf(InvalidParameter.class).hasMessage(message);
	}

	@Test
	void isNoMoreThanTheReplyMayHave() {
		assertThatThrownBy(() -> request(1).withResumed(new Resumed(2, 0))).isInstanceOf(InvalidParameter.class)
				.hasMessageContaining("so at most 1, but is 2");
		assertThat(request(2).withResumed(new Resumed(2, 0)).resumed().tokens()).isEqualTo(2);
	}

	private static GenerationRequest request(int maxTokens) {
		return new GenerationRequest(List.of(1, 2, 3), maxTokens, SamplingParameters.GREEDY, List.of());
	}

}
