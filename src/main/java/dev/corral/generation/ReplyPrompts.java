package dev.corral.generation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.contextwindow.SizedMessage;
import dev.corral.contextwindow.WindowSettings;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Segment;
import dev.corral.conversation.Segments;
import dev.corral.conversation.StoredMessage;
import dev.corral.conversation.TokenCount;
import dev.corral.template.Message;
import dev.corral.template.RenderOptions;
import dev.corral.template.Role;
import reactor.core.publisher.Mono;

/** Makes the prompts of replies in stored conversations. Safe for any thread. */
@Component
class ReplyPrompts {

	private final ChatModels models;

	private final ChatWindow window;

	private final WindowSettings settings;

	private final MessageCounts counts;

	private final Messages messages;

	private final Segments segments;

	private final Recaps recaps;

	private final Clock clock = Clock.systemUTC();

	ReplyPrompts(ChatModels models, ChatWindow window, WindowSettings settings, MessageCounts counts, Messages messages,
			Segments segments, Recaps recaps) {
		this.models = models;
		this.window = window;
		this.settings = settings;
		this.counts = counts;
		this.messages = messages;
		this.segments = segments;
		this.recaps = recaps;
	}

	/**
	 * Plans a reply. Whatever can be said to be wrong with the request is an error signal here, before anything is stored.
	 *
	 * @param last the message that the reply, or what is said before it, follows; {@code null} if nothing goes before
	 * @param said what is said and not stored yet
	 */
	Mono<ReplyPlan> plan(Owner owner, Conversation conversation, @Nullable MessageId last, List<Message> said,
			ReplySettings asked) {
		return branch(owner, conversation, last).flatMap(branch -> {
			if (said.isEmpty() && (branch.isEmpty() || branch.getLast().role() == Role.ASSISTANT)) {
				return Mono.error(new NotPossible("There is no message here that waits for a reply."));
			}
			return plan(owner, conversation, branch, said, asked, false, true);
		});
	}

	/**
	 * Plans the next reply on the active branch. What is said before it is still to come, so it has no text. Changes nothing; counts of
	 * tokens are stored for the conversation's own model alone, since each message keeps one. Errors are those of the window.
	 */
	Mono<ReplyPlan> preview(Owner owner, Conversation conversation, ReplySettings asked) {
		return branch(owner, conversation, conversation.leaf()).flatMap(branch -> {
			boolean answered = branch.isEmpty() || branch.getLast().role() == Role.ASSISTANT;
			return plan(owner, conversation, branch, answered ? List.of(new Message(Role.USER, "")) : List.of(), asked,
					false, asked.model() == null || asked.model().equals(conversation.model()));
		});
	}

	/** Plans to go on with a reply. Errors as above. */
	Mono<ReplyPlan> continuation(Owner owner, Conversation conversation, StoredMessage reply, ReplySettings asked) {
		boolean begun = !reply.message().content().isBlank();
		return branch(owner, conversation, begun ? reply.id() : reply.parent())
				.flatMap(branch -> plan(owner, conversation, branch, List.of(), asked, begun, true));
	}

	/**
	 * Makes the prompt.
	 *
	 * @param said what was said, now that it is stored
	 */
	Mono<WindowedChat> make(ReplyPlan plan, List<StoredMessage> said) {
		var ids = new ArrayList<>(plan.branch());
		said.forEach(message -> ids.add(message.id()));
		var counted = IntStream.range(0, said.size())
				.mapToObj(i -> messages.count(said.get(i).id(),
						new TokenCount(plan.model().name(), plan.saidTokens().get(i))))
				.toList();
		var policy = plan.window().request().policy();
		var conversation = new StoredSaid(messages, plan.owner(), plan.conversation(), ids, plan.sizes(),
				(cut, maxTokens) -> recaps.of(plan.owner(), plan.conversation(), cut,
						plan.sizes().stream().map(SizedMessage::tokens).toList(), policy, plan.model(), maxTokens));
		return Mono.when(counted).then(note(plan, ids))
				.then(Mono.defer(() -> window.fit(plan.model(), plan.request(), conversation, plan.window())));
	}

	private Mono<List<MessageNode>> branch(Owner owner, Conversation conversation, @Nullable MessageId last) {
		return messages.tree(owner, conversation.id()).map(tree -> tree.branch(last));
	}

	private Mono<ReplyPlan> plan(Owner owner, Conversation conversation, List<MessageNode> branch, List<Message> said,
			ReplySettings asked, boolean continues, boolean stores) {
		return models.find(asked.model() == null ? conversation.model() : asked.model()).flatMap(model -> counts
				.of(owner, conversation.id(), branch, model, stores).flatMap(counted -> OffEventLoop.call(() -> {
					var sizes = models.sizes(model);
					var saidTokens = said.stream().map(sizes::contentTokens).toList();
					var sized = new ArrayList<SizedMessage>();
					for (int i = 0; i < branch.size(); i++) {
						var role = branch.get(i).role();
						sized.add(new SizedMessage(role, sizes.size(role, counted.get(i))));
					}
					for (int i = 0; i < said.size(); i++) {
						var role = said.get(i).role();
						sized.add(new SizedMessage(role, sizes.size(role, saidTokens.get(i))));
					}
					var wanted = asked.parameters().orElse(conversation.parameters()).window();
					var policy = wanted == null ? settings.policy() : wanted;
					var request = request(owner, conversation, model, asked, continues).withWindow(policy);
					var planned = window.plan(model, request, sized, policy, asked.truncates());
					return new ReplyPlan(owner, conversation.id(), model, request,
							branch.stream().map(MessageNode::id).toList(), saidTokens, sized, planned);
				})));
	}

	private static ChatRequest request(Owner owner, Conversation conversation, ChatModel model, ReplySettings asked,
			boolean continues) {
		var parameters = asked.parameters().orElse(conversation.parameters());
		var system = asked.system() == null ? conversation.system() : asked.system();
		var stop = parameters.stop();
		var request = new ChatRequest(model.name(),
				system == null ? List.of() : List.of(new Message(Role.SYSTEM, system)), parameters.maxTokens(),
				parameters.sampling(), stop == null ? List.of() : stop).withTenant(owner.name())
				.withTools(asked.tools()).withConstraint(asked.constraint())
				.withCacheKey(conversation.id().toString());
		return continues ? request.withRendering(RenderOptions.NONE.continuingLast()) : request;
	}

	/** Notes where the window was cut last. */
	private Mono<Void> note(ReplyPlan plan, List<MessageId> ids) {
		var cuts = plan.window().plan().cuts();
		var policy = plan.window().request().policy();
		if (cuts.isEmpty() || policy.summarises()) {
			// With a summary, the segment is noted when that is written.
			return Mono.empty();
		}
		var turns = plan.window().turns();
		var first = ids.get(turns.get(cuts.getLast().from()).first());
		var last = ids.get(turns.get(cuts.getLast().to() - 1).end() - 1);
		return segments.add(plan.owner(), plan.conversation(),
				new Segment(first, last, policy, null, 0, clock.instant()));
	}

}
