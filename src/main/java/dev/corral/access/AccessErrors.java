package dev.corral.access;

import java.util.List;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.corral.web.ApiError;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.ErrorFormat;

/** Errors of the routes that are about access, which are below {@code /api} beside those of Ollama's API and therefore come before them. */
@Component
@Order(-1)
final class AccessErrors implements ErrorFormat {

	private static final List<String> PATHS = List.of("/api/keys", "/api/session");

	@Override
	public boolean covers(String path) {
		return PATHS.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
	}

	@Override
	public Object body(ApiError error, String requestId) {
		return ErrorEnvelope.of(error);
	}

}
