package dev.corral.chat;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.MessageId;
import dev.corral.generation.Attach;
import dev.corral.generation.ReplyAsked;
import dev.corral.generation.ReplySettings;
import dev.corral.template.Message;
import dev.corral.template.Role;

/**
 * A reply as a client wants it.
 *
 * @param content what is said before it; {@code null} if nothing is
 * @param parent the message that this follows; {@code null} if the client named none
 * @param waits whether it waits for another reply to end
 * @param stream whether it is told as it comes
 */
record AskedReply(@Nullable String content, @Nullable MessageId parent, ReplySettings settings, boolean waits,
		boolean stream) {

	ReplyAsked after(Attach attach) {
		return new ReplyAsked(attach, content == null ? List.of() : List.of(new Message(Role.USER, content)), settings,
				waits);
	}

}
