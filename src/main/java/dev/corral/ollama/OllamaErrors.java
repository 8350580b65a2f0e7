package dev.corral.ollama;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.corral.web.ApiError;
import dev.corral.web.ErrorFormat;

/** Errors as Ollama writes them, for {@code /api} and everything below. */
@Component
@Order(0)
final class OllamaErrors implements ErrorFormat {

	@Override
	public boolean covers(String path) {
		return path.equals("/api") || path.startsWith("/api/");
	}

	@Override
	public Object body(ApiError error, String requestId) {
		return envelope(error);
	}

	static Envelope envelope(ApiError error) {
		return new Envelope(error.message());
	}

	record Envelope(String error) {
	}

}
