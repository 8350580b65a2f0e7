package dev.corral.generation;

import java.util.Locale;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.ReplyError;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.TemplateFailed;

/** Puts what ended a reply into words that are kept with it; the server's own failures go to the log and are told as no more than that. */
final class ReplyErrors {

	private static final Logger log = LoggerFactory.getLogger(ReplyErrors.class);

	private ReplyErrors() {
	}

	static ReplyError of(MessageId reply, Throwable failure) {
		return switch (failure) {
			case InferenceFailure.DecodeFailed _,InferenceFailure.ModelFailed _ -> internal(reply, failure);
			case InferenceFailure inference ->
				new ReplyError(inference.kind().name().toLowerCase(Locale.ROOT), message(failure));
			case InvalidParameter _ -> new ReplyError("invalid_parameter", message(failure));
			case TemplateFailed _ -> new ReplyError("template_failed", message(failure));
			default -> internal(reply, failure);
		};
	}

	private static ReplyError internal(MessageId reply, Throwable failure) {
		log.atError().addKeyValue("reply_id", reply.toString()).setCause(failure).log("Reply {} failed", reply);
		return new ReplyError("internal_error",
				"The server failed to write this reply. Its log has the cause under reply %s.".formatted(reply));
	}

	private static String message(Throwable failure) {
		return Objects.requireNonNull(failure.getMessage());
	}

}
