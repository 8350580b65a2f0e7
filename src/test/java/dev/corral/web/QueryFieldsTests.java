package dev.corral.web;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryFieldsTests {

	@Test
	void readsWhatIsThere() {
		var query = query("limit=7&archived=true&q=a%20b&q=c");

		assertThat(query.integer("limit", 20)).isEqualTo(7);
		assertThat(query.flag("archived")).isTrue();
		assertThat(query.requiredString("q")).isEqualTo("a b");
	}

	@Test
	void takesAnEmptyFieldForAbsent() {
		var query = query("limit=&archived=&q=&bare");

		assertThat(query.integer("limit", 20)).isEqualTo(20);
		assertThat(query.flag("archived")).isFalse();
		assertThat(query.string("bare")).isNull();
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> query.requiredString("q"))
				.withMessage("'q' is required.");
	}

	@ParameterizedTest
	@ValueSource(strings = {"1.5", "x", "1e3", "99999999999", "0x1"})
	void refusesWhatIsNoWholeNumber(String value) {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> query("limit=" + value).integer("limit", 20))
				.withMessage("'limit' must be a whole number.");
	}

	@Test
	void refusesWhatIsNoFlag() {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> query("archived=1").flag("archived"))
				.withMessage("'archived' must be true or false.");
	}

	private static QueryFields query(String query) {
		return new QueryFields(MockServerHttpRequest.method(HttpMethod.GET, URI.create("/x?" + query)).build());
	}

}
