package dev.corral.conversation.exchange;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonRecordsTests {

	private static final String DEEP = "{\"a\":".repeat(6) + "1" + "}".repeat(6);

	private static final String LONG = "{\"a\":\"%s\"}".formatted("x".repeat(300));

	private static final String SOUND = "{\"a\":[1,2.50,\"é\",{\"b\":null},true],\"c\":{}}";

	@ParameterizedTest
	@ValueSource(strings = {"%1$s\n%1$s", "\uFEFF \n%1$s\r\n\n%1$s\n", "[%1$s,%1$s]", "\uFEFF\n[ %1$s ,\n%1$s]\n"})
	void readsArraysAndLines(String form) {
		assertThat(read(form.formatted(SOUND))).containsExactly("1 " + SOUND, "2 " + SOUND);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", " \n", "[]", "[\n]\n"})
	void findsNothingInAnEmptyFile(String text) {
		assertThat(read(text)).isEmpty();
	}

	@Test
	void skipsBadLines() {
		assertThat(read("{\"a\":1}\n{\"a\":\n[]\n{} {}\n%s\n%s\n{\"a\":2}".formatted(DEEP, LONG))).satisfiesExactly(
				first -> assertThat(first).isEqualTo("1 {\"a\":1}"),
				broken -> assertThat(broken).startsWith("2 it is no JSON: ").contains("line 1, column"),
				array -> assertThat(array).isEqualTo("3 it is no JSON object"),
				two -> assertThat(two).startsWith("4 it is no JSON: "),
				deep -> assertThat(deep).startsWith("5 it is no JSON: "),
				tooLong -> assertThat(tooLong).isEqualTo("6 it is longer than 200 bytes"),
				last -> assertThat(last).isEqualTo("7 {\"a\":2}"));
	}

	@Test
	void skipsBadElements() {
		assertThat(read("[[{}], 5, %s, {\"a\":[%s]}, %s, {\"a\":2}]".formatted(DEEP, "1,".repeat(99) + "1", LONG)))
				.containsExactly("1 it is no JSON object", "2 it is no JSON object",
						"3 it is nested more than 5 levels deep", "4 it is larger than 200 bytes",
						"5 it is larger than 200 bytes", "6 {\"a\":2}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"[{\"a\":1},{\"a\"; from record 2 on", "[{\"a\":1}; from record 2 on",
			"[{\"a\":1},{'a'}]; from record 2 on", "[{\"a\":1}] x; from record 2 on", "[{}]{}; follows on the array",
			"nonsense; must begin with"})
	void saysWhereAFileCannotBeReadAnyFurther(String text, String problem) {
		assertThatExceptionOfType(BrokenFile.class).isThrownBy(() -> read(text)).withMessageContaining(problem);
	}

	@Test
	void endsAnArrayWithATextBeyondAllLimits() {
		assertThatExceptionOfType(BrokenFile.class)
				.isThrownBy(() -> read("[{\"a\":\"%s\"}]".formatted("x".repeat(200_000))))
				.withMessageStartingWith("The file cannot be read from record 1 on: ");
	}

	private static List<String> read(String text) {
		var input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
		var all = new ArrayList<String>();
		try (var records = JsonRecords.open(input, new ExchangeLimits(200, 5, 10))) {
			for (var record = records.next(); record != null; record = records.next()) {
				all.add(switch (record) {
					case JsonRecord.Read read -> read.number() + " " + read.value();
					case JsonRecord.Unreadable unreadable -> unreadable.number() + " " + unreadable.problem();
				});
			}
		}
		return all;
	}

}
