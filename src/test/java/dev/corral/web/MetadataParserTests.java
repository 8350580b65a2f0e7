package dev.corral.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MetadataParserTests {

	@Test
	void readsTextsByName() {
		assertThat(parse("{\"metadata\":{\"topic\":\"demo\"}}")).isEqualTo(Map.of("topic", "demo"));
		assertThat(parse("{\"metadata\":{}}")).isEmpty();
		assertThat(parse("{}")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = {"5", "[]", "{\"a\":1}", "{\"a\":null}", "{\"a\":{}}"})
	void refusesWhatIsNoText(String metadata) {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> parse("{\"metadata\":%s}".formatted(metadata)));
	}

	@Test
	void refusesTooMuch() {
		var many = IntStream.range(0, 17).mapToObj("\"n%d\":\"\""::formatted).collect(Collectors.joining(","));

		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> parse("{\"metadata\":{" + many + "}}"))
				.withMessage("'metadata' may hold at most 16 entries, but holds 17.");
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> parse("{\"metadata\":{\"%s\":\"\"}}".formatted("n".repeat(65))));
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> parse("{\"metadata\":{\"n\":\"%s\"}}".formatted("v".repeat(513))));
	}

	private static @Nullable Map<String, String> parse(String body) {
		return MetadataParser.parse(JsonFields.ofBody(Json.read(body.getBytes(StandardCharsets.UTF_8))));
	}

}
