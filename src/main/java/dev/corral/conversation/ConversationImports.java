package dev.corral.conversation;

import reactor.core.publisher.Mono;

/** Takes whole conversations into the store. */
public interface ConversationImports {

	/**
	 * Stores a conversation with all its branches, under new ids: all of it or nothing.
	 *
	 * @param conversation with a model. Times that nobody told are those of the import
	 * @return durable when it comes
	 * @throws dev.corral.inference.InvalidParameter (as an error signal) if a part of it is too long to be stored
	 */
	Mono<Conversation> importTree(Owner owner, ImportedConversation conversation);

}
