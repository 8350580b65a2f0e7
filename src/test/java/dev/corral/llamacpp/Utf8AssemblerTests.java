package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8AssemblerTests {

	@Test
	void waitsForTheLastByteOfACharacter() {
		var assembler = new Utf8Assembler();
		var llama = "\uD83E\uDD99".getBytes(StandardCharsets.UTF_8);

		for (int i = 0; i < 3; i++) {
			assertThat(assembler.append(new byte[]{llama[i]})).isEmpty();
		}
		assertThat(assembler.append(new byte[]{llama[3]})).isEqualTo("\uD83E\uDD99");
	}

	@Test
	void replacesBytesThatCanNeverBecomeACharacter() {
		var assembler = new Utf8Assembler();

		assertThat(assembler.append(new byte[]{(byte) 0xff, 'a'})).isEqualTo("\uFFFDa");
		assertThat(assembler.append(new byte[]{(byte) 0xe2, (byte) 0x82})).isEmpty();
		assertThat(assembler.append(new byte[]{'b'})).isEqualTo("\uFFFDb");
	}

	@Test
	void isTheSameHoweverTheBytesAreCut() {
		var text = "Zażółć gęślą jaźń, 你好, \uD83E\uDD99 and \uD83D\uDC4B!";
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		var random = new SplittableRandom(42);

		for (int round = 0; round < 200; round++) {
			var assembler = new Utf8Assembler();
			var assembled = new StringBuilder();
			for (int from = 0; from < bytes.length;) {
				int to = Math.min(bytes.length, from + random.nextInt(0, 5));
				assembled.append(assembler.append(Arrays.copyOfRange(bytes, from, to)));
				from = to;
			}
			assertThat(assembled.toString()).isEqualTo(text);
		}
	}

}
