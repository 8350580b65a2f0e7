package dev.corral.responses;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.KeptAnswer.Kind;
import dev.corral.conversation.KeptAnswers;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.ChatGeneration;
import dev.corral.generation.ChatRequest;
import dev.corral.generation.ChoiceEvent;
import dev.corral.generation.ReplyProgress;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Responses of which nothing is stored: chat requests in another form. A client that hangs up ends the generation. */
@Component
class UnstoredResponses {

	private final Conversations conversations;

	private final KeptAnswers answers;

	private final EarlierMessages earlier;

	private final ChatGeneration generation;

	UnstoredResponses(Conversations conversations, KeptAnswers answers, EarlierMessages earlier,
			ChatGeneration generation) {
		this.conversations = conversations;
		this.answers = answers;
		this.earlier = earlier;
		this.generation = generation;
	}

	/** The same as a chat request, with all that it goes on with. */
	Mono<ChatRequest> chat(Owner owner, ResponsesRequest request) {
		return switch (request.origin()) {
			case Origin.Nothing _ -> chat(owner, request, Optional.empty(), null);
			case Origin.Previous(var response) -> answers.find(owner, Kind.RESPONSE, response.value())
					.flatMap(previous -> conversations.find(owner, previous.conversation())
							.flatMap(found -> chat(owner, request, Optional.of(found), previous.message())));
			case Origin.Kept(var id) -> conversations.find(owner, id)
					.flatMap(found -> chat(owner, request, Optional.of(found), found.leaf()));
		};
	}

	private Mono<ChatRequest> chat(Owner owner, ResponsesRequest request, Optional<Conversation> conversation,
			@Nullable MessageId leaf) {
		var id = conversation.map(Conversation::id).orElse(null);
		var before = id == null
				? Mono.just(List.<StoredMessage>of())
				: earlier.branch(owner, id, leaf).map(UnstoredResponses::ended);
		return Mono.zip(before, earlier.input(owner, request.input(), id, leaf),
				(stored, said) -> chat(request, conversation, stored, said));
	}

	private static List<StoredMessage> ended(List<StoredMessage> branch) {
		if (!branch.isEmpty() && branch.getLast().status().running()) {
			throw new NotPossible("What the response goes on with is still being written. Wait for its end.");
		}
		return branch;
	}

	private static ChatRequest chat(ResponsesRequest request, Optional<Conversation> conversation,
			List<StoredMessage> before, List<Message> said) {
		var all = new ArrayList<Message>();
		var system = Optional.ofNullable(request.echo().instructions())
				.or(() -> conversation.map(Conversation::system));
		system.ifPresent(text -> all.add(new Message(Role.SYSTEM, text)));
		before.stream().map(StoredMessage::message).filter(UnstoredResponses::saysSomething).forEach(all::add);
		all.addAll(said);
		var parameters = conversation.map(Conversation::parameters).map(request.parameters()::orElse)
				.orElse(request.parameters());
		var model = Optional.ofNullable(request.model()).or(() -> conversation.map(Conversation::model)).orElseThrow();
		var stop = parameters.stop();
		return new ChatRequest(model, all, parameters.maxTokens(), ParametersParser.sampling(parameters),
				stop == null ? List.of() : stop).withConstraint(request.format().constraint())
				.withTools(request.tools()).withTenant(request.tenant())
				.withCacheKey(Optional.ofNullable(request.echo().promptCacheKey()).orElse(""))
				.withWindow(request.parameters().window());
	}

	/** A reply that failed before its first word is nothing to go on with. */
	private static boolean saysSomething(Message message) {
		return message.role() != Role.ASSISTANT || !message.content().isEmpty() || !message.toolCalls().isEmpty();
	}

	Flux<ReplyProgress> generate(ChatRequest chat) {
		return UnstoredReply.of(generation.generate(chat, 1).map(ChoiceEvent::event));
	}

	/** What is known of a response that is now generated; its id leads nowhere. */
	static ResponseHead head(ResponsesRequest request, ChatRequest chat) {
		return new ResponseHead(MessageId.next(), Instant.now(), chat.model(), request.echo());
	}

	/** How many tokens the prompt would have. */
	Mono<Integer> inputTokens(Owner owner, ResponsesRequest request) {
		return chat(owner, request).flatMap(generation::render).map(prompt -> prompt.tokens().size());
	}

}
