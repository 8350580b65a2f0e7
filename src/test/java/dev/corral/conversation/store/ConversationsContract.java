package dev.corral.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ChangedMeanwhile;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationChange;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.PageRequest;
import dev.corral.conversation.ReplyParameters;
import dev.corral.inference.InvalidParameter;
import reactor.core.publisher.Flux;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Conversations without their messages. */
interface ConversationsContract extends StoreUnderTest {

	private Conversations conversations() {
		return store().conversations();
	}

	@Test
	default void givesBackWhatWasMade() {
		var parameters = new ReplyParameters(100, 0.7f, 0.9f, 40, 0.05f, 0.1f, -0.1f, 1.1f, 42L, List.of("stop", "\n"),
				WindowPolicy.SINK_SHIFT);

		var made = await(conversations().create(owner(), new NewConversation("Café ☕ '\"\\", "cria", "Be brief.",
				parameters, Map.of("key", "välue"))));

		assertThat(await(conversations().find(owner(), made.id()))).isEqualTo(made);
		assertThat(made.parameters()).isEqualTo(parameters);
		assertThat(made.title()).isEqualTo("Café ☕ '\"\\");
		assertThat(made.version()).isZero();
		assertThat(made.createdAt()).isEqualTo(clock().instant());
	}

	@Test
	default void changesWhatIsNamedAndNothingElse() {
		var made = await(conversations().create(owner(),
				new NewConversation("old", "cria", "Be brief.", ReplyParameters.NONE, Map.of("a", "b"))));
		clock().advance(Duration.ofSeconds(5));

		var changed = await(conversations().change(owner(), made.id(), ConversationChange.title("new"), null));

		assertThat(changed).isEqualTo(new Conversation(made.id(), owner(), "new", "cria", "Be brief.",
				ReplyParameters.NONE, false, false, Map.of("a", "b"), null, null, made.createdAt(), clock().instant(),
				1));
		assertThat(await(conversations().find(owner(), made.id()))).isEqualTo(changed);
	}

	@Test
	default void changesEverythingThatIsNamed() {
		var parameters = new ReplyParameters(1, null, null, null, null, null, null, null, null, null, null);

		var changed = await(conversations().change(owner(), conversation().id(),
				new ConversationChange("t", "vicuna", "s", false, parameters, true, true, Map.of("c", "d")), 0L));

		assertThat(changed).extracting(Conversation::title, Conversation::model, Conversation::system,
				Conversation::parameters, Conversation::pinned, Conversation::archived, Conversation::metadata)
				.containsExactly("t", "vicuna", "s", parameters, true, true, Map.of("c", "d"));
	}

	@Test
	default void takesATitleAwayAndKeepsAnEmptySystemMessage() {
		var made = await(conversations().create(owner(),
				new NewConversation("title", "cria", "Be brief.", ReplyParameters.NONE, Map.of())));

		var changed = await(conversations().change(owner(), made.id(),
				new ConversationChange("", null, "", false, null, null, null, null), null));

		assertThat(changed.title()).isNull();
		assertThat(changed.system()).isEmpty();
	}

	@Test
	default void givesTheTemplatesOwnSystemMessageBack() {
		var made = await(conversations().create(owner(),
				new NewConversation("title", "cria", "Be brief.", ReplyParameters.NONE, Map.of())));

		var changed = await(conversations().change(owner(), made.id(),
				new ConversationChange(null, null, null, true, null, null, null, null), null));

		assertThat(changed.system()).isNull();
		assertThat(changed.title()).isEqualTo("title");
	}

	@Test
	default void refusesAChangeThatWasMeantForAnEarlierVersion() {
		var id = conversation().id();
		run(conversations().change(owner(), id, ConversationChange.title("first"), 0L).then());

		assertThatThrownBy(() -> await(conversations().change(owner(), id, ConversationChange.title("second"), 0L)))
				.isInstanceOf(ChangedMeanwhile.class)
				.hasMessage(
						"The conversation has version 1 by now, and the change was meant for version 0. Read it again.");

		assertThat(await(conversations().find(owner(), id)).title()).isEqualTo("first");
	}

	@Test
	default void refusesTextsThatAreTooLong() {
		var id = conversation().id();

		assertThatThrownBy(
				() -> await(conversations().change(owner(), id, ConversationChange.title("x".repeat(201)), null)))
				.isInstanceOf(InvalidParameter.class)
				.hasMessage("'title' can have at most 200 characters to be stored, but has 201.");
		assertThatThrownBy(() -> await(conversations().create(owner(), new NewConversation("m".repeat(257)))))
				.isInstanceOf(InvalidParameter.class);
		assertThatThrownBy(() -> await(conversations().create(owner(), new NewConversation(null, "cria",
				"x".repeat(Text.MAX_CONTENT + 1), ReplyParameters.NONE, Map.of()))))
				.isInstanceOf(InvalidParameter.class);
	}

	@Test
	default void storesWhatNoDatabaseCanWithAReplacement() {
		var made = await(conversations().create(owner(), new NewConversation("a\0b\uD800c\uDC00d😀", "cria", null,
				ReplyParameters.NONE, Map.of("k\0", "v\uD800"))));

		var found = await(conversations().find(owner(), made.id()));

		assertThat(found.title()).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd😀");
		assertThat(found.metadata()).hasSize(1);
	}

	@Test
	default void listsPinnedOnesFirstThenTheLastChanged() {
		var oldest = conversation();
		clock().advance(Duration.ofSeconds(1));
		var pinned = conversation();
		clock().advance(Duration.ofSeconds(1));
		var archived = conversation();
		var newest = conversation();
		run(conversations().change(owner(), archived.id(),
				new ConversationChange(null, null, null, false, null, null, true, null), null).then());
		run(conversations().change(owner(), pinned.id(),
				new ConversationChange(null, null, null, false, null, true, null, null), null).then());
		clock().advance(Duration.ofSeconds(1));
		run(conversations().change(owner(), oldest.id(), ConversationChange.title("changed"), null).then());

		var page = await(conversations().list(owner(), false, new PageRequest(null, 10)));

		assertThat(page.items()).extracting(Conversation::id).containsExactly(pinned.id(), oldest.id(), newest.id());
		assertThat(page.next()).isNull();
		assertThat(await(conversations().list(owner(), true, new PageRequest(null, 10))).items())
				.extracting(Conversation::id).containsExactly(archived.id());
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 2, 3, 7, 12, 13})
	default void listsEachOnceThoughAllAreOfTheSameTime(int limit) {
		var made = new ArrayList<ConversationId>();
		for (int index = 0; index < 12; index++) {
			made.add(conversation().id());
		}
		for (int index = 0; index < 3; index++) {
			run(conversations().change(owner(), made.get(index * 4),
					new ConversationChange(null, null, null, false, null, true, null, null), null).then());
		}

		var listed = new ArrayList<ConversationId>();
		String after = null;
		do {
			var page = await(conversations().list(owner(), false, new PageRequest(after, limit)));
			assertThat(page.items()).hasSizeBetween(1, limit);
			page.items().forEach(conversation -> listed.add(conversation.id()));
			after = page.next();
		} while (after != null);

		assertThat(listed).hasSize(12).containsExactlyInAnyOrderElementsOf(made);
		assertThat(listed.subList(0, 3)).containsExactlyInAnyOrder(made.get(0), made.get(4), made.get(8));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "x", "AAAA", "%00", "MSAxIDEgMQ", "' or 1=1 --",
			"MSA5OTk5OTk5OTk5OTk5OTk5OSAwIDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA"})
	default void refusesAPlaceThatNoPageHasEndedAt(String after) {
		assertThatThrownBy(() -> await(conversations().list(owner(), false, new PageRequest(after, 10))))
				.isInstanceOf(InvalidParameter.class).hasMessage("'after' must be where a page before has ended.");
	}

	@Test
	default void tellsAllInTheOrderOfTheirMaking() {
		var made = new ArrayList<ConversationId>();
		for (int index = 0; index < 230; index++) {
			made.add(conversation().id());
		}

		assertThat(await(conversations().all(owner()).map(Conversation::id))).containsExactlyInAnyOrderElementsOf(made)
				.isSortedAccordingTo((one, other) -> one.toString().compareTo(other.toString()));
		assertThat(await(conversations().all(owner()).map(Conversation::id).take(150))).hasSize(150);
	}

	@Test
	default void leavesNothingOfWhatWasDeleted() {
		long before = store().rows();
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		run(store().segments().add(owner(), conversation.id(), SegmentsAndSharesContract.segment(opened, null)));
		await(store().shares().share(owner(), conversation.id()));
		assertThat(store().rows()).isEqualTo(before + 5);

		run(conversations().delete(owner(), conversation.id()));

		assertThat(store().rows()).isEqualTo(before);
		assertThatThrownBy(() -> await(conversations().find(owner(), conversation.id()))).isInstanceOf(NotFound.class);
		assertThat(await(store().replies().progress(opened.reply().id(), "late", lease()))).isFalse();
	}

	@Test
	default void deletesWhatIsOldUnlessItIsPinnedOrBeingRepliedIn() {
		var old = new ArrayList<ConversationId>();
		for (int index = 0; index < 3; index++) {
			old.add(conversation().id());
		}
		var pinned = conversation();
		run(conversations().change(owner(), pinned.id(),
				new ConversationChange(null, null, null, false, null, true, null, null), null).then());
		var running = conversation();
		open(running, null, "hi");
		clock().advance(Duration.ofSeconds(1));
		var changed = conversation();

		conversations().deleteUnchangedSince(clock().instant()).block(LONGEST);

		assertThat(await(conversations().all(owner()).map(Conversation::id))).containsExactlyInAnyOrder(pinned.id(),
				running.id(), changed.id());
		assertThat(old).hasSize(3);
	}

	@Test
	default void deletesMoreThanOneBatch() {
		run(conversations().create(owner(), NEW).repeat(449).then());
		clock().advance(Duration.ofSeconds(1));

		var deleted = await(conversations().deleteUnchangedSince(clock().instant()));

		assertThat(deleted).isGreaterThanOrEqualTo(450);
		assertThat(await(conversations().all(owner()))).isEmpty();
	}

	@Test
	default void keepsItsConnectionsWhenCallersGoAway() {
		var id = conversation().id();

		for (int attempt = 0; attempt < 200; attempt++) {
			var find = conversations().find(owner(), id).subscribe();
			var change = conversations().change(owner(), id, ConversationChange.title("a title"), null).subscribe();
			find.dispose();
			change.dispose();
		}

		assertThat(await(Flux.range(0, 30).flatMap(_ -> conversations().find(owner(), id), 30))).hasSize(30);
	}

}
