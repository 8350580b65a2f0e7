package dev.corral.openai;

import java.util.Set;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.corral.web.ApiError;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.ErrorFormat;

/** {@code ErrorResponse} of the OpenAI API, for {@code /v1} and everything below that no other API has for its own. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class OpenAiErrors implements ErrorFormat {

	/** Routes of servers of this API that are none of its own. */
	private static final Set<String> OTHER_PATHS = Set.of("/tokenize", "/detokenize", "/apply-template");

	@Override
	public boolean covers(String path) {
		return path.equals("/v1") || path.startsWith("/v1/") || OTHER_PATHS.contains(path);
	}

	@Override
	public Object body(ApiError error, String requestId) {
		return envelope(error);
	}

	static ErrorEnvelope envelope(ApiError error) {
		return ErrorEnvelope.of(error);
	}

}
