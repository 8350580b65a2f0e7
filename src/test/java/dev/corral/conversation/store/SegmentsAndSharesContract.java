package dev.corral.conversation.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Segment;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Cuts of windows, and links to conversations. */
interface SegmentsAndSharesContract extends StoreUnderTest {

	static Segment segment(OpenedReply opened, @Nullable String recap) {
		return segment(opened.said().getFirst().id(), opened.reply().id(), recap);
	}

	static Segment segment(MessageId first, MessageId last, @Nullable String recap) {
		return new Segment(first, last, WindowPolicy.RECAP, recap,
				recap == null ? 0 : recap.length(), Instant.parse("2026-11-23T12:00:00.123456Z"));
	}

	@Test
	default void givesBackCutsInTheOrderOfTheirMaking() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		var first = segment(opened, null);
		var second = new Segment(opened.reply().id(), opened.reply().id(), WindowPolicy.SPLIT, "so far", 2,
				first.createdAt().plusSeconds(1));

		run(store().segments().add(owner(), conversation.id(), second));
		run(store().segments().add(owner(), conversation.id(), first));

		assertThat(await(store().segments().find(owner(), conversation.id()))).containsExactly(first, second);
	}

	@Test
	default void takesOverTheNewSummaryOfACut() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");

		run(store().segments().add(owner(), conversation.id(), segment(opened, null)));
		run(store().segments().add(owner(), conversation.id(), segment(opened, "They said hi.")));

		assertThat(await(store().segments().find(owner(), conversation.id())))
				.containsExactly(segment(opened, "They said hi."));
	}

	@Test
	default void showsASharedBranchAsItWasWithoutItsOwner() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		var shared = opened.reply().id();
		var token = await(store().shares().share(owner(), conversation.id()));
		run(store().conversations().activate(owner(), conversation.id(),
				opened.said().getFirst().id()).then());
		clock().advance(Duration.ofSeconds(1));

		var found = await(store().shares().find(token));

		assertThat(found.leaf()).isEqualTo(shared);
		assertThat(found.conversation().id()).isEqualTo(conversation.id());
		assertThat(token).matches("[A-Za-z0-9_-]{43}")
				.isNotEqualTo(await(store().shares().share(owner(), conversation.id())));
	}

	@Test
	default void storesNoTokenThatCouldBeStolen() {
		var conversation = conversation();
		open(conversation, null, "hi");
		var token = await(store().shares().share(owner(), conversation.id()));

		var stored = await(store().database().sql("select token_hash from share")
				.all(row -> ConversationRow.get(row, "token_hash", String.class)));

		assertThat(stored).isNotEmpty().doesNotContain(token).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
	}

	@Test
	default void endsAllLinksAtOnce() {
		var conversation = conversation();
		open(conversation, null, "hi");
		var one = await(store().shares().share(owner(), conversation.id()));
		var other = await(store().shares().share(owner(), conversation.id()));

		run(store().shares().revoke(owner(), conversation.id()));

		assertThatThrownBy(() -> await(store().shares().find(one))).isInstanceOf(NotFound.class)
				.hasMessageNotContaining(one);
		assertThatThrownBy(() -> await(store().shares().find(other))).isInstanceOf(NotFound.class);
		run(store().shares().revoke(owner(), conversation.id()));
	}

	@Test
	default void sharesNothingThatIsEmpty() {
		var conversation = conversation();

		assertThatThrownBy(() -> await(store().shares().share(owner(), conversation.id())))
				.isInstanceOf(NotPossible.class);
	}

}
