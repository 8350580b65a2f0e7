package dev.corral.conversation.exchange;

import java.util.Comparator;
import java.util.List;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes stored conversations out, one at a time as they are asked for. Lines end with a line feed. */
public class ConversationExport {

	/** Messages that are asked of the store at once. */
	private static final int BATCH = 500;

	private final Conversations conversations;

	private final Messages messages;

	public ConversationExport(Conversations conversations, Messages messages) {
		this.conversations = conversations;
		this.messages = messages;
	}

	/** All of an owner's conversations with all that is stored of them, in Corral's own format, a line each. */
	public Flux<String> json(Owner owner) {
		return all(owner).map(conversation -> CorralJson.write(conversation.content()) + "\n");
	}

	/** One conversation like that. */
	public Mono<String> json(Owner owner, ConversationId id) {
		return one(owner, id).map(conversation -> CorralJson.write(conversation.content()) + "\n");
	}

	/** The active branches of all of an owner's conversations as training data, a line each. */
	public Flux<String> shareGpt(Owner owner) {
		return all(owner).map(Whole::shareGpt);
	}

	/** One conversation like that. */
	public Mono<String> shareGpt(Owner owner, ConversationId id) {
		return one(owner, id).map(Whole::shareGpt);
	}

	/** The active branch of a conversation, to be read. */
	public Mono<String> markdown(Owner owner, ConversationId id) {
		return one(owner, id).map(conversation -> Markdown.write(conversation.content()));
	}

	private Mono<Whole> one(Owner owner, ConversationId id) {
		return conversations.find(owner, id).flatMap(conversation -> whole(owner, conversation));
	}

	/** One that is deleted meanwhile is left out. */
	private Flux<Whole> all(Owner owner) {
		return conversations.all(owner).concatMap(conversation -> whole(owner, conversation)
				.onErrorResume(NotFound.class, _ -> Mono.empty()), 1);
	}

	private Mono<Whole> whole(Owner owner, Conversation conversation) {
		return messages.tree(owner, conversation.id())
				.flatMapMany(tree -> Flux.fromIterable(tree.nodes()).map(MessageNode::id).buffer(BATCH))
				.concatMap(ids -> messages.find(owner, conversation.id(), ids), 1).collectList()
				.map(found -> new Whole(conversation.id(),
						ImportedConversation.of(conversation, behindParents(found))));
	}

	private static List<StoredMessage> behindParents(List<StoredMessage> found) {
		return found.stream().sorted(Comparator.comparingInt(StoredMessage::depth)).toList();
	}

	private record Whole(ConversationId id, ImportedConversation content) {

		String shareGpt() {
			return ShareGptFormat.write(id.toString(), content) + "\n";
		}

	}

}
