package dev.corral.telemetry;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.corral.web.ApiErrors;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of the log in the forms of JSON that {@code docs/logging.md} names. */
class StructuredLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(ApiErrors.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void listen() {
		lines.start();
		logger.addAppender(lines);
	}

	@AfterEach
	void leave() {
		logger.detachAppender(lines);
	}

	@ParameterizedTest
	@ValueSource(strings = {"ecs", "logstash"})
	void haveTheRequestsIdAsAField(String format) {
		ApiErrors.of(new IllegalStateException("broken"), "req_7");

		var line = new JsonMapper().readTree(encoder(format).encode(lines.list.getFirst()));

		assertThat(line.get("request_id").asString()).isEqualTo("req_7");
		assertThat(line.get("message").asString()).isEqualTo("Request req_7 failed");
	}

	private static StructuredLogEncoder encoder(String format) {
		var context = new LoggerContext();
		context.putObject(Environment.class.getName(), new MockEnvironment());
		var encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setCharset(StandardCharsets.UTF_8);
		encoder.setFormat(format);
		encoder.start();
		return encoder;
	}

}
