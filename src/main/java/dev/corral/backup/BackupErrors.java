package dev.corral.backup;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.corral.web.ApiError;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.ErrorFormat;

/** Errors of the backup's route, which is below {@code /api} beside those of Ollama's API and therefore comes before them. */
@Component
@Order(-1)
final class BackupErrors implements ErrorFormat {

	@Override
	public boolean covers(String path) {
		return path.equals(BackupController.PATH);
	}

	@Override
	public Object body(ApiError error, String requestId) {
		return ErrorEnvelope.of(error);
	}

}
