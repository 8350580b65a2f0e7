package dev.corral.generation;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ConversationFailure;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyParameters;
import dev.corral.conversation.Segment;
import dev.corral.conversation.Segments;
import dev.corral.inference.InferenceFailure;
import reactor.core.publisher.Mono;

/** Plans windows of replies that nobody has asked for. Generates nothing and changes nothing. Safe for any thread. */
@Component
public class WindowPreviews {

	private final Conversations conversations;

	private final ReplyPrompts prompts;

	private final Segments segments;

	WindowPreviews(Conversations conversations, ReplyPrompts prompts, Segments segments) {
		this.conversations = conversations;
		this.prompts = prompts;
		this.segments = segments;
	}

	/**
	 * The window of the next reply on the active branch. Error signals are {@link ConversationFailure}, and {@link InferenceFailure} where
	 * the next reply would be refused.
	 *
	 * @param model {@code null} for the conversation's
	 * @param policy {@code null} for the conversation's, or the server's if that has none
	 */
	public Mono<WindowPreview> next(Owner owner, ConversationId conversation, @Nullable String model,
			@Nullable WindowPolicy policy) {
		var parameters = new ReplyParameters(null, null, null, null, null, null, null, null, null, null, policy);
		var asked = new ReplySettings(model, null, parameters, null, ToolUse.NONE, false);
		return conversations.find(owner, conversation).flatMap(found -> prompts.preview(owner, found, asked))
				.flatMap(plan -> recap(plan).map(Optional::of).defaultIfEmpty(Optional.empty())
						.map(recap -> WindowPreview.of(plan, recap.orElse(null))));
	}

	private Mono<Segment> recap(ReplyPlan plan) {
		var cut = plan.window().leftOut();
		return plan.window().plan().recapTokens() == 0 || cut.isEmpty()
				? Mono.empty()
				: segments.recap(plan.owner(), plan.conversation(), plan.branch().get(cut.getLast()));
	}

}
