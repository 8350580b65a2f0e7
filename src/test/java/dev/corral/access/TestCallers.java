package dev.corral.access;

import java.util.Objects;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Takes callers at their word, for tests that import it. */
public class TestCallers {

	public static final String CALLER = "X-Test-Caller";

	/** Who calls without saying who. */
	public static final String SOMEBODY = "ada";

	@Bean
	@Primary
	Callers callersByHeader() {
		return request -> Objects.requireNonNullElse(request.getHeaders().getFirst(CALLER), SOMEBODY);
	}

}
