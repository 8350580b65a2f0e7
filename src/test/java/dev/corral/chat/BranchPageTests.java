package dev.corral.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.MessageTree;
import dev.corral.conversation.NotFound;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Role;
import dev.corral.web.QueryFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BranchPageTests {

	private static final int MESSAGES = 7;

	private final List<MessageNode> branch = branch();

	private final MessageTree tree = new MessageTree(branch);

	@Test
	void leadsFromTheNewestMessagesToTheFirst() {
		var newest = page("limit=3");
		var middle = page("limit=3&before=" + newest.next());
		var oldest = page("limit=3&before=" + middle.next());

		assertThat(newest.nodes()).isEqualTo(branch.subList(4, 7));
		assertThat(middle.nodes()).isEqualTo(branch.subList(1, 4));
		assertThat(oldest.nodes()).isEqualTo(branch.subList(0, 1));
		assertThat(oldest.next()).isNull();
	}

	@Test
	void hasNothingOfAConversationWithoutMessages() {
		var page = BranchPage.of(new MessageTree(List.of()), null, _ -> true, query(""));

		assertThat(page).isEqualTo(new BranchPage(List.of(), null));
	}

	@Test
	void countsOnlyWhatIsShown() {
		var page = BranchPage.of(tree, branch.getLast().id(), node -> node.role() == Role.USER, query("limit=2"));

		assertThat(page.nodes()).containsExactly(branch.get(4), branch.get(6));
		assertThat(page.next()).isEqualTo(branch.get(4).id().toString());
	}

	@Test
	void knowsNoPlaceThatIsNotOnTheBranch() {
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> page("before=" + MessageId.next()));
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> page("before=x"));
	}

	@Test
	void boundsItsLength() {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> page("limit=201"))
				.withMessage("'limit' must be between 1 and 200, but is 201.");
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> page("limit=0"));
	}

	private BranchPage page(String query) {
		return BranchPage.of(tree, branch.getLast().id(), _ -> true, query(query));
	}

	private static QueryFields query(String query) {
		return new QueryFields(MockServerHttpRequest.get("/x?" + query).build());
	}

	private static List<MessageNode> branch() {
		var nodes = new ArrayList<MessageNode>();
		for (int depth = 0; depth < MESSAGES; depth++) {
			nodes.add(new MessageNode(MessageId.next(), nodes.isEmpty() ? null : nodes.getLast().id(), depth,
					depth % 2 == 0 ? Role.USER : Role.ASSISTANT, MessageStatus.COMPLETE, null, 1, Instant.EPOCH));
		}
		return nodes;
	}

}
