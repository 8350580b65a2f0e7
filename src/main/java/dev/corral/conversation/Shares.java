package dev.corral.conversation;

import reactor.core.publisher.Mono;

/** Links by which a conversation can be read without being its owner. */
public interface Shares {

	/** Shares the active branch as it is now; the token is 256 random bits in URL-safe Base64, and only its hash is stored. */
	Mono<String> share(Owner owner, ConversationId conversation);

	/** Ends all links to a conversation. */
	Mono<Void> revoke(Owner owner, ConversationId conversation);

	/** @throws NotFound (as an error signal) if there is no such link, or it was revoked */
	Mono<SharedConversation> find(String token);

}
