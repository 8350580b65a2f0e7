package dev.corral.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.generation.CompletionRequest.Prompts;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.InfillTokens;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PromptTokensTests {

	private static final TextInput TEXT = new TextInput.Text("ab");

	private static final TextInput TOKENS = new TextInput.Tokens(List.of(97, 98));

	@Test
	void beginsTextAndNotTokens() {
		assertThat(tokens(TEXT, null, true)).containsExactly(1, 97, 98);
		assertThat(tokens(TEXT, null, false)).containsExactly(97, 98);
		assertThat(tokens(TOKENS, null, true)).containsExactly(97, 98);
	}

	@Test
	void putsBothSidesOfAGapIntoTheirPlaces() {
		assertThat(tokens(TEXT, "yz", true)).containsExactly(1, 500, 97, 98, 501, 121, 122, 502);
		assertThat(tokens(TEXT, "yz", false)).containsExactly(500, 97, 98, 501, 121, 122, 502);
		assertThat(tokens(TOKENS, "yz", true)).containsExactly(500, 97, 98, 501, 121, 122, 502);
	}

	@Test
	void refusesAGapWhereTheVocabularyHasNoTokensForIt() {
		var tokenizer = new FakeEngine("llama", 64).tokenizer();

		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> new PromptTokens(tokenizer, new Prompts(List.of(TEXT), "yz", true, false)))
				.satisfies(refused -> assertThat(refused.parameter()).isEqualTo("suffix"));
	}

	private static List<Integer> tokens(TextInput input, @Nullable String suffix, boolean begin) {
		return new PromptTokens(new Infilling(), new Prompts(List.of(input), suffix, begin, false)).of(input);
	}

	/** One token for each character. */
	private static final class Infilling implements Tokenizer {

		private final Tokenizer characters = new FakeEngine("llama", 64).tokenizer();

		@Override
		public List<Integer> tokenize(List<PromptSegment> segments, boolean bos) {
			return characters.tokenize(segments, bos);
		}

		@Override
		public String detokenize(List<Integer> tokens) {
			return characters.detokenize(tokens);
		}

		@Override
		public byte[] piece(int token) {
			return characters.piece(token);
		}

		@Override
		public InfillTokens infillTokens() {
			return new InfillTokens(500, 501, 502);
		}

	}

}
