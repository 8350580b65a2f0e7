package dev.corral.chat;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.exchange.ImportResult;
import dev.corral.web.JsonLines;

/** Tells what becomes of the conversations of one file, and at last how many. */
final class ImportCount {

	private long imported;

	private long refused;

	String line(ImportResult result) {
		return JsonLines.line(switch (result) {
			case ImportResult.Imported stored -> {
				imported++;
				yield new Stored(stored.number(), stored.id().toString(), stored.title(), stored.messages());
			}
			case ImportResult.Refused(long number, String problem) -> {
				refused++;
				yield new Problem(number, problem);
			}
		});
	}

	String total() {
		return JsonLines.line(new Total(imported, refused));
	}

	/** @param number of the conversation in the file, from 1 */
	private record Stored(long number, String conversationId, @Nullable String title, int messages) {
	}

	private record Problem(long number, String problem) {
	}

	private record Total(long imported, long refused) {
	}

}
