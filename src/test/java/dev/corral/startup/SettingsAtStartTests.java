package dev.corral.startup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.corral.CorralApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Wrong settings end the start with one message that says which, what and what else; no model is loaded for that. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsAtStartTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"corral.engine.threads=-5 | corral.engine.threads .*is '-5' and must be greater than or equal to 0",
			"corral.engine.threads=many | corral.engine.threads .*is 'many' and must be a whole number",
			"corral.engine.queue-timeout=soon | corral.engine.queue-timeout .*is 'soon' and must be a time, as 500ms",
			"corral.engine.prefix-sharing=some | corral.engine.prefix-sharing .*is 'some' and must be one of all, tenant",
			"corral.api.max-body=big | corral.api.max-body .*is 'big' and must be a size, as 64MB",
			"corral.routing.retries=-1 | corral.routing.retries must be 0 or more, but is -1",
			"corral.context-window.cut-to=3 | corral.context-window.cut-to must be between 0.1 and 0.95, but is 3.0",
			"corral.replies.titles=perhaps | corral.replies.titles .*is 'perhaps' and must be true or false"})
	void oneMessageNamesTheSettingItsValueAndWhatIsAllowed(String setting, String message, CapturedOutput output) {
		assertThatThrownBy(() -> start(setting)).isInstanceOf(Exception.class);

		assertThat(output.toString()).contains("APPLICATION FAILED TO START").containsPattern(message)
				.contains("docs/configuration.md").doesNotContain("\tat dev.corral");
	}

	@ParameterizedTest
	@CsvSource({"corral.engine.thread=2, corral.engine.threads", "corral.rol=worker, corral.role",
			"corral.limit.daily-tokens=2, corral.limits.daily-tokens"})
	void aTypingErrorIsRefusedWithTheNameThatWasMeant(String setting, String meant, CapturedOutput output) {
		assertThatThrownBy(() -> start(setting)).isInstanceOf(SettingUnknown.class);

		assertThat(output.toString()).contains("APPLICATION FAILED TO START")
				.contains("There is no setting '%s'".formatted(setting.substring(0, setting.indexOf('='))))
				.contains("Did you mean '%s'?".formatted(meant));
	}

	@Test
	void anUnknownSystemPropertyIsAWarning(CapturedOutput output) {
		System.setProperty("corral.nonsense", "1");
		try {
			assertThatThrownBy(() -> start("corral.engine.threads=-5")).isInstanceOf(Exception.class);
		} finally {
			System.clearProperty("corral.nonsense");
		}

		assertThat(output.toString()).contains("There is no setting 'corral.nonsense'", "it has no effect");
	}

	private static void start(String setting) {
		var application = new SpringApplication(CorralApplication.class);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		application.run("--server.port=0", "--corral.store.url=h2:mem:startup", "--" + setting).close();
	}

}
