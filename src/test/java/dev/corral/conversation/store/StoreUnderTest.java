package dev.corral.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Owner;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the parts of {@link StoreContract} test. */
interface StoreUnderTest {

	Owner STRANGER = new Owner("stranger");

	NewConversation NEW = new NewConversation("cria");

	Duration LONGEST = Duration.ofMinutes(1);

	StoreFixture store();

	ManualClock clock();

	/** Somebody whom no other test knows. */
	Owner owner();

	default Conversation conversation() {
		return await(store().conversations().create(owner(), NEW));
	}

	default Instant lease() {
		return clock().instant().plusSeconds(10);
	}

	/** A reply to a question at the end of a conversation. */
	default OpenedReply open(Conversation conversation, @Nullable MessageId parent, String question) {
		return await(store().replies().open(owner(), conversation.id(), parent, List.of(said(question)), "cria",
				lease()));
	}

	static Message said(String text) {
		return new Message(Role.USER, text);
	}

	static Message replied(String text) {
		return new Message(Role.ASSISTANT, text);
	}

	static <T> T await(Mono<T> result) {
		return result.blockOptional(LONGEST).orElseThrow();
	}

	static void run(Mono<Void> work) {
		work.block(LONGEST);
	}

	static <T> List<T> await(Flux<T> results) {
		return await(results.collectList());
	}

}
