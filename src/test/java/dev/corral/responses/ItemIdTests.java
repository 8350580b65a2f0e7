package dev.corral.responses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ItemIdTests {

	@Test
	void readsWhatItHasWritten() {
		var message = MessageId.next();

		assertThat(ItemId.parse(ItemId.of(message).toString())).isEqualTo(ItemId.of(message));
		assertThat(ItemId.parse(ItemId.of(message).ofOutput())).isEqualTo(ItemId.of(message));
		assertThat(ItemId.parse(ItemId.ofCall(message, 12).toString())).isEqualTo(ItemId.ofCall(message, 12));
		assertThat(ApiIds.response(ApiIds.response(message))).isEqualTo(message);
		var conversation = ConversationId.next();
		assertThat(ApiIds.conversation(ApiIds.conversation(conversation))).isEqualTo(conversation);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "msg_", "msg_0190c5f0aaaa7bbb8cccddddeeeefff", "fc_0190c5f0aaaa7bbb8cccddddeeeeffff",
			"fc_0190c5f0aaaa7bbb8cccddddeeeeffff_", "fc_0190c5f0aaaa7bbb8cccddddeeeeffff_9999999",
			"0190c5f0-aaaa-7bbb-8ccc-ddddeeeeffff", "msg_0190C5F0AAAA7BBB8CCCDDDDEEEEFFFF"})
	void findsNothingUnderWhatIsNoId(String text) {
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> ItemId.parse(text))
				.withMessage("There is no item '%s'.".formatted(text));
	}

}
