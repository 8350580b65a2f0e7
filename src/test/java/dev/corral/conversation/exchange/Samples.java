package dev.corral.conversation.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.contextwindow.WindowReport.Places;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyParameters;
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

/** Conversations, and files of them. */
final class Samples {

	static final Instant TIME = Instant.parse("2026-11-23T16:00:00.123456789Z");

	private Samples() {
	}

	/** One that has all that a conversation can have. */
	static ImportedConversation full() {
		var parameters = new ReplyParameters(5, 0.5f, 1f, 40, 0.1f, 0f, -1f, 1.1f, 7L, List.of("END"),
				WindowPolicy.SINK_SHIFT);
		var asked = new ImportedMessage("a", null, new Message(Role.USER, "Was heißt “Ω”?\n"), MessageStatus.COMPLETE,
				null, null, TIME);
		var failed = new ImportedMessage("b", "a", new Message(Role.ASSISTANT, "Om"), MessageStatus.FAILED,
				new ReplyFacts("cria", null, null, null, null, null, new ReplyError("queue_timeout", "Too late."),
						TIME),
				null, TIME);
		var window = new WindowReport(WindowPolicy.RECAP, 1, 2, 3, 4, 5, 6, 7, 8, 9, new Places(0, 2, List.of(1)));
		var answered = new ImportedMessage("c", "a",
				new Message(Role.ASSISTANT, "", List.of(new ToolCall("call_1", "look_up", "{\"x\": 1}")), null),
				MessageStatus.COMPLETE,
				new ReplyFacts("cria", window, new Usage(10, 20, 5), FinishReason.STOP,
						new Timings(Duration.ofMillis(1), Duration.ofNanos(1_234_567), Duration.ofSeconds(90)),
						Duration.ofMillis(15), null, TIME),
				new Feedback(false, "Wrong."), TIME);
		var told = new ImportedMessage("d", "c", new Message(Role.TOOL, "Omega", List.of(), "call_1"));
		return new ImportedConversation("Greek", "cria", "Be brief.", parameters, true, true,
				Map.of("project", "letters"), TIME, TIME.plusSeconds(1), List.of(asked, failed, answered, told), "d");
	}

	/** One branch, the user first. */
	static ImportedConversation of(String title, String... texts) {
		var messages = new ArrayList<ImportedMessage>();
		for (var text : texts) {
			messages.add(
					new ImportedMessage("m" + messages.size(), messages.isEmpty() ? null : messages.getLast().key(),
							new Message(messages.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, text)));
		}
		return ImportedConversation.of(title, "cria", null, null, messages,
				messages.isEmpty() ? null : messages.getLast().key());
	}

	/** What a reader finds in a file of this text: conversations, or what is said of records that are none. */
	static List<Object> read(Path folder, String text) {
		var file = write(folder, text);
		var found = new ArrayList<Object>();
		try (var reader = ConversationReader.open(file, null, new ExchangeLimits(1 << 20, 32, 50))) {
			for (var record = reader.next(); record != null; record = reader.next()) {
				found.add(switch (record) {
					case ImportedRecord.Found read -> read.conversation();
					case ImportedRecord.Refused refused -> refused.number() + " " + refused.problem();
				});
			}
		}
		return found;
	}

	/** The one conversation in a file of this text. */
	static ImportedConversation readOne(Path folder, String text) {
		return (ImportedConversation) read(folder, text).getFirst();
	}

	static Path write(Path folder, String text) {
		try {
			return Files.writeString(folder.resolve("conversations"), text);
		} catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Role and text of each message, behind the key that it follows. */
	static List<String> tree(ImportedConversation conversation) {
		return conversation.messages().stream().map(message -> "%s > %s %s: %s".formatted(message.parent(),
				message.key(), message.message().role(), message.message().content())).toList();
	}

}
