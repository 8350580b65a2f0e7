package dev.corral.responses;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.inference.Usage;

/**
 * {@code Response} of the OpenAI API.
 *
 * @param createdAt seconds since the epoch
 * @param completedAt the same, if it has completed
 * @param contextWindow what of the conversation the model was given, which the API has no field for; absent until that is known
 */
record ResponseObject(String id, String object, long createdAt, String status, @Nullable Long completedAt,
		@Nullable Failure error, @Nullable IncompleteDetails incompleteDetails, String model, List<Item> output,
		@JsonUnwrapped ResponseEcho echo, @Nullable ResponseUsage usage,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ContextWindow contextWindow) {

	static final String COMPLETED = "completed";

	static final String INCOMPLETE = "incomplete";

	static final String FAILED = "failed";

	/** A reply as it is. */
	static ResponseObject of(ResponseHead head, ReplySoFar reply) {
		var status = status(reply);
		var finishedAt = reply.finishedAt();
		return new ResponseObject(ApiIds.response(head.reply()), "response", head.createdAt().getEpochSecond(), status,
				status.equals(COMPLETED) && finishedAt != null ? finishedAt.getEpochSecond() : null,
				status.equals(FAILED) ? Failure.of(reply.error()) : null,
				status.equals(INCOMPLETE) ? new IncompleteDetails("max_output_tokens") : null, head.model(),
				reply.items(head.item()), head.echo(), reply.usage() == null ? null : ResponseUsage.of(reply.usage()),
				reply.window() == null ? null : ContextWindow.of(reply.window()));
	}

	/** A reply of which nothing was told yet. */
	static ResponseObject begun(ResponseHead head) {
		return of(head, new ReplySoFar());
	}

	private static String status(ReplySoFar reply) {
		return switch (reply.status()) {
			case QUEUED, IN_PROGRESS -> reply.status().id();
			case COMPLETE -> reply.cut() ? INCOMPLETE : COMPLETED;
			case STOPPED -> "cancelled";
			case INTERRUPTED, FAILED -> FAILED;
		};
	}

	boolean running() {
		return status.equals(MessageStatus.QUEUED.id()) || status.equals(MessageStatus.IN_PROGRESS.id());
	}

	/** {@code ResponseError}; the API has a closed list of codes. */
	record Failure(String code, String message) {

		private static Failure of(@Nullable ReplyError error) {
			return error == null
					? new Failure("server_error", "The server that wrote this response went away.")
					: new Failure(code(error.code()), error.message());
		}

		private static String code(String code) {
			return switch (code.toLowerCase(Locale.ROOT)) {
				case "queue_full", "queue_timeout" -> "rate_limit_exceeded";
				case "context_length_exceeded", "prompt_too_long", "prompt_empty" -> "invalid_prompt";
				default -> "server_error";
			};
		}

	}

	record IncompleteDetails(String reason) {
	}

	/** {@code ResponseUsage}, in tokens. What was not found in the cache is in it afterwards. */
	record ResponseUsage(int inputTokens, InputDetails inputTokensDetails, int outputTokens,
			OutputDetails outputTokensDetails, int totalTokens) {

		static ResponseUsage of(Usage usage) {
			return new ResponseUsage(usage.promptTokens(),
					new InputDetails(usage.cachedTokens(), usage.promptTokens() - usage.cachedTokens()),
					usage.completionTokens(), new OutputDetails(0), usage.totalTokens());
		}

	}

	record InputDetails(int cachedTokens, int cacheWriteTokens) {
	}

	record OutputDetails(int reasoningTokens) {
	}

	/** What {@link WindowReport} says, in numbers of tokens and messages. */
	record ContextWindow(String policy, int contextTokens, int reservedTokens, int promptTokens, int keptMessages,
			int cutMessages, int recapTokens, int recalledMessages, int truncatedTokens) {

		static ContextWindow of(WindowReport report) {
			return new ContextWindow(report.policy().id(), report.contextTokens(), report.reservedTokens(),
					report.promptTokens(), report.keptMessages(), report.cutMessages(), report.recapTokens(),
					report.recalledMessages(), report.truncatedTokens());
		}

	}

}
