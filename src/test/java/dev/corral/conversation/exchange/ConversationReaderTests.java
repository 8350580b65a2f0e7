package dev.corral.conversation.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConversationReaderTests {

	private static final String SHAREGPT = "{\"conversations\": [{\"from\": \"human\", \"value\": \"Hi\"}]}";

	private static final String CHATGPT = """
		[{"title": "x", "create_time": 1.5, "current_node": "a", "mapping": {"a": {"parent": null, "children": ["b"], "message":
		{"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Hi"]}, "recipient": "all"}}}}]""";

	private static final String FASTCHAT = """
		{"type": "chat", "model": "m", "tstamp": 1.5, "state": {"conv_id": "a", "roles": ["U", "A"], "offset": 0, "messages": [["U", "Hi"]]}}""";

	private static final ExchangeLimits LIMITS = new ExchangeLimits(1 << 16, 32, 50);

	@TempDir
	Path folder = Path.of("");

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '|', value = {"[{\"mapping\": {}}]; CHATGPT",
			"\n{\"tstamp\": 1, \"type\": \"chat\"}; FASTCHAT", "{\"messages\": []}; SHAREGPT",
			"[5, {\"conversations\": []}]; SHAREGPT", "{\"format\": \"corral-conversations-1\"}; CORRAL", "[]; CORRAL"})
	void findsTheFormatOut(String text, ConversationFormat format) {
		assertThat(ConversationReader.sniff(Samples.write(folder, text), LIMITS)).isEqualTo(format);
	}

	@ParameterizedTest
	@ValueSource(strings = {"{\"a\": 1}", "[{}]", "PK\u0003\u0004", "<html>"})
	void refusesFilesOfOtherFormats(String text) {
		var file = Samples.write(folder, text);

		assertThatExceptionOfType(BrokenFile.class).isThrownBy(() -> ConversationReader.open(file, null, LIMITS));
	}

	@Test
	void refusesConversationsOfTooManyMessages() {
		var messages = SHAREGPT.replace("}]",
				"}%s]".formatted(", {\"from\": \"human\", \"value\": \"Hi\"}".repeat(50)));

		assertThat(Samples.read(folder, messages)).containsExactly("1 it has 51 messages, but may have 50");
	}

	@Test
	void readsFormatsByName() {
		assertThat(ConversationFormat.of("format", "chatgpt")).isEqualTo(ConversationFormat.CHATGPT);
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> ConversationFormat.of("format", "word"))
				.withMessage("'format' must be one of corral, sharegpt, chatgpt, fastchat, but is 'word'.");
	}

	/** Each failure of a reader but the one that it promises would end this. */
	@Test
	void takesWhateverIsInAFile() throws IOException {
		var random = new SplittableRandom(11);
		var seeds = List.of(SHAREGPT, CHATGPT, FASTCHAT, CorralJson.write(Samples.full()));
		int found = 0;
		for (int i = 0; i < 4000; i++) {
			var bytes = mutated(seeds.get(i % seeds.size()), random);
			Files.write(folder.resolve("conversations"), bytes);
			try (var reader = ConversationReader.open(folder.resolve("conversations"), null, LIMITS)) {
				for (var record = reader.next(); record != null; record = reader.next()) {
					found += record instanceof ImportedRecord.Found ? 1 : 0;
				}
			} catch (BrokenFile expected) {
				assertThat(expected).message().isNotEmpty();
			}
		}

		assertThat(found).isBetween(100, 3900);
	}

	/** Replaces a value by another one, or some bytes. */
	private static byte[] mutated(String seed, SplittableRandom random) {
		var values = new String[]{"null", "5", "-1e99", "\"x\"", "[]", "{}", "[[]]", "true", "\"\\ud800\"",
				"1e400000000"};
		var text = seed;
		int colon = text.indexOf(':', random.nextInt(text.length()));
		if (colon > 0 && random.nextInt(4) > 0) {
			int end = colon + 1;
			while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
				end++;
			}
			text = text.substring(0, colon + 1) + values[random.nextInt(values.length)] + text.substring(end);
		}
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		for (int i = random.nextInt(3); i > 0; i--) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 128);
		}
		return bytes;
	}

}
