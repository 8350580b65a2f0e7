package dev.corral.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.KeptAnswer;
import dev.corral.conversation.KeptAnswer.Kind;
import dev.corral.conversation.KeptAnswers;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Page;
import dev.corral.conversation.PageRequest;
import dev.corral.conversation.ReplyParameters;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.ChatRequest;
import dev.corral.openai.ChatCompletion.ReplyMessage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import dev.corral.web.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores chat completions whose clients ask for it: the messages and the first reply as a conversation, which can be gone on with, and the
 * completion as it was answered.
 */
@Component
class KeptCompletions {

	static final String ID_PREFIX = "chatcmpl-";

	static final String METER = "corral.api.completions.unkept";

	private static final Logger log = LoggerFactory.getLogger(KeptCompletions.class);

	/** The client waits for its answer meanwhile. */
	private static final Duration LONGEST = Duration.ofSeconds(10);

	private final Conversations conversations;

	private final Messages messages;

	private final KeptAnswers answers;

	private final Counter unkept;

	KeptCompletions(Conversations conversations, Messages messages, KeptAnswers answers, MeterRegistry meters) {
		this.conversations = conversations;
		this.messages = messages;
		this.answers = answers;
		this.unkept = Counter.builder(METER).baseUnit("completions")
				.description("Chat completions that were to be stored and could not be").register(meters);
	}

	/** Stores a completion, or logs and counts that it cannot be: never an error, for the answer is there. */
	Mono<Void> keep(Owner owner, ChatCompletionRequest request, ChatCompletion completion) {
		return Mono.defer(() -> store(owner, request, completion)).timeout(LONGEST).onErrorResume(failure -> {
			unkept.increment();
			log.warn("The completion {} could not be stored", completion.id(), failure);
			return Mono.empty();
		});
	}

	private Mono<Void> store(Owner owner, ChatCompletionRequest request, ChatCompletion completion) {
		var metadata = request.kept() == null ? Map.<String, String>of() : request.kept();
		var said = new ArrayList<>(request.chat().messages());
		var system = said.getFirst().role() == Role.SYSTEM ? said.removeFirst().content() : null;
		reply(request.chat(), completion.choices().getFirst().message(), said);
		var body = Json.write(new KeptCompletion(completion, metadata));
		return Mono.usingWhen(
				conversations.create(owner,
						new NewConversation(null, completion.model(), system, ReplyParameters.NONE, metadata)),
				made -> messages.append(owner, made.id(), null, said)
						.flatMap(stored -> answers.add(owner, new KeptAnswer(id(completion), Kind.COMPLETION, made.id(),
								stored.getLast().id(), body, Instant.now()))),
				_ -> Mono.empty(), (made, _) -> conversations.delete(owner, made.id()),
				made -> conversations.delete(owner, made.id()));
	}

	private static UUID id(ChatCompletion completion) {
		return KeptAnswer.parseId(Kind.COMPLETION, completion.id().substring(ID_PREFIX.length()));
	}

	/** Adds the reply; one that goes on with the last message is one with it. */
	private static void reply(ChatRequest chat, ReplyMessage reply, List<Message> said) {
		var before = chat.rendering().continuesLast() ? said.removeLast().content() : "";
		var content = reply.content() == null ? "" : reply.content();
		var calls = reply.toolCalls() == null
				? List.<ToolCall>of()
				: reply.toolCalls().stream().map(call -> new ToolCall(call.id(), call.function().name(),
						call.function().arguments())).toList();
		said.add(new Message(Role.ASSISTANT, before + content, calls, null));
	}

	/**
	 * A page of the completions that a filter lets through. The store does not know what they say, so they are read through in parts until
	 * the page is full.
	 */
	Mono<Page<ObjectNode>> list(Owner owner, KeptFilter filter, boolean newestFirst, PageRequest page) {
		int part = Math.min(page.limit() + 1, PageRequest.MAX_LIMIT);
		return part(owner, newestFirst, new PageRequest(page.after(), part))
				.expand(read -> read.next() == null
						? Mono.empty()
						: part(owner, newestFirst, new PageRequest(read.next(), part)))
				.concatMapIterable(Page::items, 1).map(KeptCompletion::told).filter(filter::matches)
				.take(page.limit() + 1L).collectList().map(found -> found.size() <= page.limit()
						? new Page<>(found, null)
						: new Page<>(found.subList(0, page.limit()),
								found.get(page.limit() - 1).path("id").stringValue("")));
	}

	private Mono<Page<KeptAnswer>> part(Owner owner, boolean newestFirst, PageRequest part) {
		return answers.list(owner, Kind.COMPLETION, newestFirst, part);
	}

	/** The messages that a completion replies to. */
	Mono<List<Message>> asked(Owner owner, KeptAnswer completion) {
		var conversation = completion.conversation();
		return Mono.zip(conversations.find(owner, conversation), messages.tree(owner, conversation))
				.flatMap(known -> {
					var branch = known.getT2().branch(completion.message());
					var ids = branch.subList(0, branch.size() - 1).stream().map(MessageNode::id).toList();
					var system = Mono.justOrEmpty(known.getT1().system()).map(text -> new Message(Role.SYSTEM, text));
					var said = ids.isEmpty()
							? Flux.<Message>empty()
							: messages.find(owner, conversation, ids).map(StoredMessage::message);
					return Flux.concat(system, said).collectList();
				});
	}

	/** Forgets a completion, and its conversation too unless somebody has made it one's own. */
	Mono<Void> delete(Owner owner, KeptAnswer completion) {
		return answers.delete(owner, Kind.COMPLETION, completion.id())
				.then(conversations.find(owner, completion.conversation()))
				.filter(conversation -> isUntouched(conversation, completion))
				.flatMap(conversation -> conversations.delete(owner, conversation.id()));
	}

	private static boolean isUntouched(Conversation conversation, KeptAnswer completion) {
		return conversation.version() == 0 && completion.message().equals(conversation.leaf());
	}

}
