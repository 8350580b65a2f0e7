package dev.corral.usage;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.corral.web.ApiError;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.ErrorFormat;

/** Errors of the route that tells usage, which is below {@code /api} beside those of Ollama's API and therefore comes before them. */
@Component
@Order(-1)
final class UsageErrors implements ErrorFormat {

	@Override
	public boolean covers(String path) {
		return path.equals(UsageController.PATH);
	}

	@Override
	public Object body(ApiError error, String requestId) {
		return ErrorEnvelope.of(error);
	}

}
