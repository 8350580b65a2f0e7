package dev.corral.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/configuration.md} says what the settings' records and {@code application.yml} say. */
class ConfigurationReferenceTests {

	private static final Path DOCUMENT = Path.of("docs/configuration.md");

	private final ConfigurationReference reference = new ConfigurationReference();

	@Test
	void everySettingIsDescribed() {
		assertThat(reference.settings()).hasSizeGreaterThan(50).allSatisfy(setting -> assertThat(setting.description())
				.as("What %s means. Say it in the @param of its record.", setting.name()).isNotBlank());
	}

	@Test
	void theReferenceIsUpToDate() throws IOException {
		var generated = reference.document();
		if (Boolean.getBoolean("corral.test.write")) {
			Files.writeString(DOCUMENT, generated);
		}

		assertThat(Files.readString(DOCUMENT))
				.as("%s is generated: run 'mvn test -Dtest=ConfigurationReferenceTests -Dcorral.test.write=true'.",
						DOCUMENT)
				.isEqualTo(generated);
	}

}
