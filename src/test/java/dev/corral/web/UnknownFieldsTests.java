package dev.corral.web;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnknownFieldsTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final UnknownFields unknown = new UnknownFields(meters);

	@Test
	void countsWhatNobodyHasAskedForByRoute() {
		var read = unknown.reading("/a", fields("{\"known\":\"x\",\"hint\":1,\"top_q\":2,\"zzz\":null}"), fields -> {
			fields.accept("hint");
			return fields.requiredString("known");
		});

		assertThat(read).isEqualTo("x");
		assertThat(meters.get(UnknownFields.METER).tag("route", "/a").counter().count()).isEqualTo(2);
	}

	@Test
	void countsNothingWhereEverythingIsKnown() {
		unknown.reading("/a", fields("{\"known\":\"x\"}"), fields -> fields.requiredString("known"));

		assertThat(meters.getMeters()).isEmpty();
	}

	@Test
	void tellsNamesInTheLogWithoutWhatCouldForgeALine(CapturedOutput output) {
		var logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel(UnknownFields.class.getName(), LogLevel.DEBUG);

		unknown.reading("/a", fields("{\"to\\np\":1}"), JsonFields::size);

		logging.setLogLevel(UnknownFields.class.getName(), null);
		assertThat(output).contains("1 fields of a request to /a are not known: [to?p]");
	}

	private static JsonFields fields(String json) {
		return JsonFields.ofBody(Json.read(json.getBytes(StandardCharsets.UTF_8)));
	}

}
