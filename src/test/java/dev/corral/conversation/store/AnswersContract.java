package dev.corral.conversation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.KeptAnswer;
import dev.corral.conversation.KeptAnswer.Kind;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.PageRequest;
import dev.corral.inference.InvalidParameter;
import reactor.core.publisher.Mono;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Answers of HTTP APIs. */
interface AnswersContract extends StoreUnderTest {

	@Test
	default void givesBackAnswersUntilTheyAreForgotten() {
		var conversation = conversation();
		var answer = kept(conversation.id(), Kind.RESPONSE, "{\"text\":\"é\\u0000\"}");

		assertThat(await(store().answers().find(owner(), Kind.RESPONSE, answer.id()))).isEqualTo(answer);
		assertThat(await(store().answers().count(owner(), conversation.id()))).isEqualTo(1);
		run(store().answers().change(owner(), Kind.RESPONSE, answer.id(), "{}"));
		assertThat(await(store().answers().find(owner(), Kind.RESPONSE, answer.id())).body()).isEqualTo("{}");

		run(store().answers().delete(owner(), Kind.RESPONSE, answer.id()));
		assertNotFound(store().answers().find(owner(), Kind.RESPONSE, answer.id()));
		assertNotFound(store().answers().delete(owner(), Kind.RESPONSE, answer.id()));
		assertThat(await(store().answers().count(owner(), conversation.id()))).isZero();
	}

	@Test
	default void listsAnswersOfOneKindPageByPage() {
		var conversation = conversation();
		var ids = new ArrayList<UUID>();
		for (int i = 0; i < 5; i++) {
			kept(conversation.id(), Kind.RESPONSE, "{}");
			ids.add(kept(conversation.id(), Kind.COMPLETION, "{}").id());
		}
		ids.sort(null);

		assertThat(listed(false)).isEqualTo(ids);
		assertThat(listed(true)).isEqualTo(ids.reversed());
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(
				() -> await(store().answers().list(owner(), Kind.COMPLETION, false, new PageRequest("x", 2))));
	}

	@Test
	default void forgetsAnswersWithTheirConversation() {
		var conversation = conversation();
		var answer = kept(conversation.id(), Kind.COMPLETION, "{}");

		run(store().conversations().delete(owner(), conversation.id()));

		assertNotFound(store().answers().find(owner(), Kind.COMPLETION, answer.id()));
	}

	@Test
	default void showsNobodyElsesAnswers() {
		var answer = kept(conversation().id(), Kind.RESPONSE, "{}");

		assertNotFound(store().answers().add(STRANGER, answer));
		assertNotFound(store().answers().find(STRANGER, Kind.RESPONSE, answer.id()));
		assertNotFound(store().answers().find(owner(), Kind.COMPLETION, answer.id()));
		assertNotFound(store().answers().change(STRANGER, Kind.RESPONSE, answer.id(), "x"));
		assertNotFound(store().answers().delete(STRANGER, Kind.RESPONSE, answer.id()));
		assertThat(await(store().answers().list(STRANGER, Kind.RESPONSE, false, new PageRequest(null, 5))).items())
				.isEmpty();
		assertThat(await(store().answers().count(STRANGER, answer.conversation()))).isZero();
		assertThat(await(store().answers().find(owner(), Kind.RESPONSE, answer.id()))).isEqualTo(answer);
	}

	private KeptAnswer kept(ConversationId conversation, Kind kind, String body) {
		var answer = new KeptAnswer(KeptAnswer.nextId(), kind, conversation, MessageId.next(), body,
				clock().instant());
		run(store().answers().add(owner(), answer));
		return answer;
	}

	private List<UUID> listed(boolean newestFirst) {
		var ids = new ArrayList<UUID>();
		var page = await(store().answers().list(owner(), Kind.COMPLETION, newestFirst, new PageRequest(null, 2)));
		page.items().forEach(answer -> ids.add(answer.id()));
		while (page.next() != null) {
			page = await(
					store().answers().list(owner(), Kind.COMPLETION, newestFirst, new PageRequest(page.next(), 2)));
			page.items().forEach(answer -> ids.add(answer.id()));
		}
		return ids;
	}

	private static void assertNotFound(Mono<?> attempt) {
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> attempt.block(LONGEST));
	}

}
