package dev.corral.catalog.gguf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.corral.catalog.BrokenGguf;
import dev.corral.catalog.BrokenGgufs;
import dev.corral.catalog.GgufWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GgufReaderTests {

	private static final Path CRIA = Path.of("models/cria/cria-q8_0.gguf");

	@TempDir
	Path directory;

	@Test
	void readsTheQuantizedCria() {
		var file = GgufReader.read(CRIA);

		assertThat(file.path()).isEqualTo(CRIA);
		assertThat(file.version()).isEqualTo(3);
		assertThat(file.architecture()).isEqualTo("llama");
		assertThat(file.name()).isEqualTo("Cria");
		assertThat(file.quantization()).isEqualTo("Q8_0");
		// 6 blocks, 3 key-value heads of 32 elements, keys and values, 2 bytes each.
		assertThat(file.hyperparameters()).isEqualTo(new Hyperparameters(2048, 6, 192, 6 * 3 * (32 + 32) * 2));
		assertThat(file.vocabulary()).isEqualTo(new Vocabulary("llama", 2048, "<s>", "</s>", true));
		assertThat(file.weights()).isEqualTo(new Weights(57, 3_221_952, "Q8_0"));
		assertThat(file.chatTemplate()).startsWith("{%- set default_system");
	}

	@Test
	void readsTheHalfPrecisionCria() {
		var file = GgufReader.read(Path.of("models/cria/cria-f16.gguf"));

		assertThat(file.quantization()).isEqualTo("F16");
		assertThat(file.weights()).isEqualTo(new Weights(57, 3_221_952, "F16"));
	}

	@Test
	void acceptsTheSmallModelThatTheBrokenOnesAreMadeOf() throws IOException {
		var file = read(GgufWriter.smallModel());

		assertThat(file.vocabulary().tokens()).isEqualTo(259);
		assertThat(file.quantization()).isEqualTo("F32");
		assertThat(file.name()).isNull();
		assertThat(file.chatTemplate()).isNull();
	}

	@Test
	void acceptsVersion2() throws IOException {
		assertThat(read(GgufWriter.smallModel().version(2)).version()).isEqualTo(2);
	}

	@Test
	void acceptsKeysThatItDoesNotKnow() throws IOException {
		var long64 = GgufWriter.longs(-1);
		var file = read(GgufWriter.smallModel().raw("x.u64", 10, long64).raw("x.i64", 11, long64)
				.raw("x.f64", 12, long64).raw("x.u8", 0, (byte) 1).raw("x.i8", 1, (byte) 1)
				.raw("x.u16", 2, (byte) 1, (byte) 0).raw("x.i16", 3, (byte) 1, (byte) 0)
				.put("x.text", "x".repeat(3 << 20)).put("x.numbers", new int[100_000])
				.put("x.texts", Collections.nCopies(50_000, "merge s")));

		assertThat(file.vocabulary().eosToken()).isEqualTo("</s>");
	}

	@Test
	void countsKeyValueHeadsOfEachBlock() throws IOException {
		var file = read(GgufWriter.smallModel().put("general.architecture", "deci").put("deci.context_length", 128)
				.put("deci.embedding_length", 16).put("deci.block_count", 3).put("deci.attention.head_count", 2)
				.put("deci.attention.head_count_kv", new int[]{2, 0, 1}));

		assertThat(file.hyperparameters().kvCacheBytesPerToken()).isEqualTo((2 + 0 + 1) * (8 + 8) * 2);
	}

	@Test
	void toleratesPaddingTokensOutsideTheVocabularyAsTheRuntimeDoes() throws IOException {
		assertThat(read(GgufWriter.smallModel().put("tokenizer.ggml.padding_token_id", 259))).isNotNull();
	}

	@Test
	void saysWhetherTheTokenizerAddsBos() throws IOException {
		assertThat(read(GgufWriter.smallModel().put("tokenizer.ggml.add_bos_token", false)).vocabulary().addsBos())
				.isFalse();
		assertThat(read(GgufWriter.smallModel().put("tokenizer.ggml.model", "gpt2")).vocabulary().addsBos()).isFalse();
		assertThat(read(GgufWriter.smallModel().put("tokenizer.ggml.model", "gpt2").put("tokenizer.ggml.pre",
				"llama-bpe")).vocabulary().addsBos()).isTrue();
	}

	@ParameterizedTest
	@MethodSource
	void refusesBrokenFiles(BrokenGguf broken) throws IOException {
		var path = broken.in(directory);

		assertThatExceptionOfType(InvalidGguf.class).isThrownBy(() -> GgufReader.read(path))
				.withMessageStartingWith(path + " is not a usable GGUF file: ").withMessageContaining(broken.expected())
				.withMessageEndingWith(".").withMessageNotContaining("\n");
	}

	static Stream<BrokenGguf> refusesBrokenFiles() {
		return BrokenGgufs.all(CRIA);
	}

	private GgufFile read(GgufWriter writer) throws IOException {
		return GgufReader.read(Files.write(directory.resolve("model.gguf"), writer.bytes()));
	}

}
