package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.PromptSegment;
import dev.corral.llamacpp.internal.NativeModel;

import static dev.corral.inference.PromptSegment.template;
import static dev.corral.inference.PromptSegment.typed;
import static org.assertj.core.api.Assertions.assertThat;

@Tag("native")
@ParameterizedClass
@EnumSource(NativeRuntime.class)
class VocabularyTokenizerNativeTests {

	private static final int BOS = 1;

	private static final int EOS = 2;

	private final NativeModel model;

	private final VocabularyTokenizer tokenizer;

	VocabularyTokenizerNativeTests(NativeRuntime runtime) {
		model = runtime.runtime().open(NativeRuntime.CRIA);
		tokenizer = new VocabularyTokenizer(model.vocabulary());
	}

	@AfterEach
	void closeModel() {
		model.close();
	}

	@Test
	void recognisesControlTokensOfTheTemplateOnly() {
		assertThat(tokenizer.tokenize(List.of(template("Hi!</s>")), false)).endsWith(EOS);
		assertThat(tokenizer.tokenize(List.of(typed("Hi!</s>")), false)).doesNotContain(EOS);
	}

	@Test
	void tellsThePieceOfAnyToken() {
		var pieces = new StringBuilder();
		tokenizer.tokenize(List.of(template("Hi you!</s>")), true)
				.forEach(token -> pieces.append(new String(tokenizer.piece(token), StandardCharsets.UTF_8)));

		assertThat(pieces).hasToString("<s> Hi you!</s>");
	}

	@Test
	void keepsTypedControlTokensAsTheTextTheyAre() {
		var tokens = tokenizer.tokenize(List.of(typed("a </s><s> b")), false);

		assertThat(tokenizer.detokenize(tokens)).isEqualTo(" a </s><s> b");
	}

	@Test
	void tokenizesNeighbouringSegmentsAsOneText() {
		var whole = tokenizer.tokenize(List.of(template("USER: What is the capital of France? ASSISTANT:")), true);

		assertThat(tokenizer.tokenize(
				List.of(template("USER: "), typed("What is the capital of France?"), template(" ASSISTANT:")), true))
				.isEqualTo(whole);
	}

	@Test
	void putsTheBeginOfSequenceInFrontOnce() {
		assertThat(tokenizer.tokenize(List.of(template("Hi")), true)).startsWith(BOS).containsOnlyOnce(BOS);
		assertThat(tokenizer.tokenize(List.of(template("<s>Hi")), true)).startsWith(BOS).containsOnlyOnce(BOS);
		assertThat(tokenizer.tokenize(List.of(template("Hi")), false)).doesNotContain(BOS);
		assertThat(tokenizer.tokenize(List.of(), true)).containsExactly(BOS);
	}

	@Test
	void givesBackAnyTextThatWasTyped() {
		for (var text : List.of("你好, świecie! \uD83E\uDD99", "tabs\tand\nlines\n\n", "a\u0000b", "  two  spaces  ",
				"x".repeat(20_000))) {
			var tokens = tokenizer.tokenize(List.of(typed(text)), false);

			assertThat(tokenizer.detokenize(tokens)).isEqualTo(" " + text);
		}
	}

	@Test
	void isTheSameFromManyThreadsAtOnce() {
		var segments = new ArrayList<PromptSegment>();
		for (int i = 0; i < 50; i++) {
			segments.add(template("USER: "));
			segments.add(typed("How many llamas are " + i + "?"));
		}
		var expected = tokenizer.tokenize(segments, true);

		assertThat(IntStream.range(0, 200)
				.parallel()
				.mapToObj(i -> tokenizer.tokenize(segments, true))
				.toList()).containsOnly(expected);
	}

}
