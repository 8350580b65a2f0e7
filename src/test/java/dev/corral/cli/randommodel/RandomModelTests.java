package dev.corral.cli.randommodel;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.catalog.gguf.GgufReader;
import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RandomModelTests {

	private static final Path CRIA = Path.of("models/cria/cria-q8_0.gguf");

	@TempDir
	Path folder = Path.of("");

	@ParameterizedTest
	@EnumSource
	void writesAFileThatTheCatalogAccepts(WeightType type) throws IOException {
		long parameters = RandomModel.write(folder.resolve("x.gguf"), tiny(type), 1);

		var file = GgufReader.read(folder.resolve("x.gguf"));
		assertThat(file.quantization()).isEqualTo(type.name());
		assertThat(file.vocabulary().tokens()).isEqualTo(600);
		assertThat(file.vocabulary().addsBos()).isTrue();
		assertThat(file.hyperparameters().contextTokens()).isEqualTo(256);
		assertThat(file.chatTemplate()).isEqualTo(GgufReader.read(CRIA).chatTemplate()).isNotNull();
		assertThat(file.weights().parameters()).isEqualTo(parameters)
				.isEqualTo(2 * 64 * 600 + 64 + 2 * (2 * 64 + 2 * 64 * 64 + 2 * 64 * 32 + 3 * 64 * 96));
	}

	@Test
	void writesTheSameFileForTheSameSeedAndAnotherForAnother() throws IOException {
		RandomModel.write(folder.resolve("a"), tiny(WeightType.Q4_0), 1);
		RandomModel.write(folder.resolve("b"), tiny(WeightType.Q4_0), 1);
		RandomModel.write(folder.resolve("c"), tiny(WeightType.Q4_0), 2);

		assertThat(folder.resolve("b")).hasSameBinaryContentAs(folder.resolve("a"));
		assertThat(Files.mismatch(folder.resolve("a"), folder.resolve("c"))).isNotNegative();
	}

	@Test
	void replacesALongerFile() throws IOException {
		var file = folder.resolve("x.gguf");
		RandomModel.write(file, tiny(WeightType.F16), 1);
		RandomModel.write(file, tiny(WeightType.Q4_0), 1);
		RandomModel.write(folder.resolve("y.gguf"), tiny(WeightType.Q4_0), 1);

		assertThat(file).hasSameBinaryContentAs(folder.resolve("y.gguf"));
	}

	@Test
	void leavesAFolderAlone() throws IOException {
		var inner = Files.createDirectory(folder.resolve("inner"));

		assertThatExceptionOfType(FileSystemException.class)
				.isThrownBy(() -> RandomModel.write(inner, tiny(WeightType.Q4_0), 1));
		assertThat(inner).isDirectory();
	}

	@Test
	void keepsEveryMadeUpWordReachable() {
		var tokens = RandomVocabulary.of(6000, CRIA, new SplittableRandom(1)).tokens();

		var merges = new PieceMerges(tokens, RandomVocabulary.FIRST_PIECE);
		assertThat(tokens).hasSize(6000).doesNotHaveDuplicates();
		assertThat(tokens.subList(0, 3)).containsExactly("<unk>", "<s>", "</s>");
		assertThat(tokens.subList(2048, 6000)).allSatisfy(word -> assertThat(merges.split(word)).containsExactly(word));
	}

	@ParameterizedTest
	@CsvSource({"0, 64, 4, 2, 96, 600, 256, layers", "2, 60, 4, 2, 96, 600, 256, width",
			"2, 64, 7, 1, 96, 600, 256, width", "2, 64, 4, 3, 96, 600, 256, heads",
			"2, 64, 4, 5, 96, 600, 256, kv-heads", "2, 64, 4, 2, 100, 600, 256, feed-forward",
			"2, 64, 4, 2, 96, 511, 256, vocabulary", "2, 64, 4, 2, 96, 1000000, 256, vocabulary",
			"2, 64, 4, 2, 96, 600, 0, context"})
	void refusesShapesThatCannotBeComputed(int layers, int width, int heads, int kvHeads, int feedForward,
			int vocabulary, int context, String parameter) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> new ModelShape(layers, width, heads,
				kvHeads, feedForward, vocabulary, context, WeightType.Q4_0))
				.satisfies(invalid -> assertThat(invalid.parameter()).isEqualTo(parameter));
	}

	private static ModelShape tiny(WeightType type) {
		return new ModelShape(2, 64, 4, 2, 96, 600, 256, type);
	}

}
