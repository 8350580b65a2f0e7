package dev.corral.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/security.md} says of each threat which test shows that it is met: those tests are there. */
class SecurityDocumentTests {

	private static final Pattern TEST = Pattern.compile("`(\\w+(?:Tests|\\.spec))`");

	@Test
	void everyTestThatIsNamedIsThere() throws IOException {
		var named = TEST.matcher(Files.readString(Path.of("docs/security.md"))).results()
				.map((MatchResult found) -> found.group(1)).collect(Collectors.toSet());
		var present = Stream.concat(names("src/test/java", ".java"), names("frontend/e2e/specs", ".ts"))
				.collect(Collectors.toSet());

		assertThat(named).hasSizeGreaterThan(15);
		assertThat(present).containsAll(named);
	}

	private static Stream<String> names(String folder, String ending) {
		try (var files = Files.walk(Path.of(folder))) {
			return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ending))
					.map(name -> name.substring(0, name.length() - ending.length())).toList().stream();
		} catch (IOException failed) {
			throw new UncheckedIOException(failed);
		}
	}

}
