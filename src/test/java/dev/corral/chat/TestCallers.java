package dev.corral.chat;

import java.util.Objects;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import dev.corral.access.Callers;

/** Takes callers at their word, for tests that import it. */
class TestCallers {

	static final String CALLER = "X-Test-Caller";

	@Bean
	@Primary
	Callers callersByHeader() {
		return request -> Objects.requireNonNullElse(request.getHeaders().getFirst(CALLER), "ada");
	}

}
