package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.catalog.gguf.GgufReader;
import dev.corral.inference.InfillTokens;
import dev.corral.inference.ModelSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which tokens a vocabulary has to fill in the middle with. */
@Tag("native")
class InfillNativeTests {

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void knowsTheTokensOfAVocabularyThatHasThem(NativeRuntime runtime, @TempDir Path folder) throws IOException {
		var file = Files.readAllBytes(NativeRuntime.CRIA);
		var tokens = GgufReader.tokens(NativeRuntime.CRIA);
		// Pieces of words get the names that the tokens of CodeLlama's vocabulary have.
		rename(file, "pital", "<PRE>");
		rename(file, "umber", "<SUF>");
		rename(file, "etter", "<MID>");
		var infilling = Files.write(folder.resolve("infill.gguf"), file);

		var source = new ModelSource("infill", infilling, 256, 1);
		try (var engine = new LlamaCppEngine(source, runtime.runtime().open(infilling), null, Settings.DEFAULT,
				StateStore.NONE)) {
			assertThat(engine.tokenizer().infillTokens())
					.isEqualTo(new InfillTokens(tokens.indexOf("pital"), tokens.indexOf("umber"),
							tokens.indexOf("etter")));
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void knowsNoneWhereTheVocabularyLacksThem(NativeRuntime runtime) {
		try (var engine = runtime.cria(256, 1)) {
			assertThat(engine.tokenizer().infillTokens()).isNull();
		}
	}

	/** Gives a token another name of the same length, where the file lists it: a 64-bit length, then the bytes. */
	private static void rename(byte[] file, String token, String name) {
		var bytes = token.getBytes(StandardCharsets.UTF_8);
		var listed = ByteBuffer.allocate(Long.BYTES + bytes.length).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length)
				.put(bytes).array();
		int at = 0;
		while (!Arrays.equals(file, at, at + listed.length, listed, 0, listed.length)) {
			at++;
		}
		System.arraycopy(name.getBytes(StandardCharsets.UTF_8), 0, file, at + Long.BYTES, bytes.length);
	}

}
