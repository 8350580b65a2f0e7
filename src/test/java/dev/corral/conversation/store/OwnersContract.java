package dev.corral.conversation.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import dev.corral.conversation.ConversationChange;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.PageRequest;
import dev.corral.conversation.ReplyFacts;
import reactor.core.publisher.Flux;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.replied;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static dev.corral.conversation.store.StoreUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is somebody else's is not there. */
interface OwnersContract extends StoreUnderTest {

	@Test
	default void showsNobodyAndLetsNobodyTouchWhatIsAnothers() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		run(store().replies().end(opened.reply().id(), MessageStatus.STOPPED, replied("Hello"),
				ReplyFacts.asked("cria")));
		var before = await(store().conversations().find(owner(), conversation.id()));
		long rows = store().rows();

		attempts(STRANGER, conversation.id(), opened.said().getFirst().id(), opened.reply().id())
				.forEach((what, attempt) -> assertThatThrownBy(() -> await(Flux.from(attempt))).describedAs(what)
						.isInstanceOf(NotFound.class));

		assertThat(store().rows()).isEqualTo(rows);
		assertThat(await(store().conversations().find(owner(), conversation.id()))).isEqualTo(before);
		assertThat(await(store().messages().find(owner(), opened.reply().id())).feedback()).isNull();
		attempts(owner(), conversation.id(), opened.said().getFirst().id(), opened.reply().id())
				.forEach((what, attempt) -> assertThat(await(Flux.from(attempt).then().thenReturn(what)))
						.isEqualTo(what));
	}

	@Test
	default void listsAndFindsNobodyElses() {
		var conversation = conversation();
		open(conversation, null, "unmistakable");

		assertThat(await(store().conversations().list(STRANGER, false, new PageRequest(null, 10))).items()).isEmpty();
		assertThat(await(store().conversations().all(STRANGER))).isEmpty();
		assertThat(await(store().conversations().search(STRANGER, "unmistakable", new PageRequest(null, 10))).items())
				.isEmpty();
		assertThat(await(store().conversations().search(owner(), "unmistakable", new PageRequest(null, 10))).items())
				.hasSize(1);
	}

	/** In an order in which the owner can do all of them one after the other. */
	private Map<String, Publisher<?>> attempts(Owner who, ConversationId conversation, MessageId question,
			MessageId reply) {
		var attempts = new LinkedHashMap<String, Publisher<?>>();
		attempts.put("find", store().conversations().find(who, conversation));
		attempts.put("change", store().conversations().change(who, conversation, ConversationChange.title("x"), null));
		attempts.put("activate", store().conversations().activate(who, conversation, reply));
		attempts.put("tree", store().messages().tree(who, conversation));
		attempts.put("find message", store().messages().find(who, reply));
		attempts.put("find messages", store().messages().find(who, conversation, List.of(reply)));
		attempts.put("append", store().messages().append(who, conversation, null, List.of(said("x"))));
		attempts.put("append nothing", store().messages().append(who, conversation, null, List.of()));
		attempts.put("append to", store().messages().append(who, conversation, question, List.of(said("x"))));
		attempts.put("judge", store().messages().judge(who, reply, new Feedback(true, null)));
		attempts.put("segments", store().segments().find(who, conversation));
		attempts.put("add segment", store().segments().add(who, conversation,
				SegmentsAndSharesContract.segment(question, reply, null)));
		attempts.put("share", store().shares().share(who, conversation));
		attempts.put("revoke", store().shares().revoke(who, conversation));
		attempts.put("reopen", store().replies().reopen(who, reply, lease())
				.flatMap(opened -> store().replies().end(reply, MessageStatus.STOPPED, replied("x"),
						ReplyFacts.asked("cria"))));
		attempts.put("open", store().replies().open(who, conversation, question, List.of(), "cria", lease()));
		attempts.put("delete", store().conversations().delete(who, conversation));
		return attempts;
	}

}
