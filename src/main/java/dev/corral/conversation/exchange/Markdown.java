package dev.corral.conversation.exchange;

import java.util.regex.Pattern;

import dev.corral.conversation.ImportedConversation;
import dev.corral.template.Role;

/**
 * A conversation to be read: its active branch under headings. What was said is Markdown mostly, and is kept as such; but no message
 * reaches into the next: code that is left open is closed (CommonMark 0.31, section 4.5), and what could be taken for raw HTML or for
 * one of the headings is escaped.
 */
final class Markdown {

	private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");

	private static final Pattern MISTAKABLE = Pattern.compile("^( {0,3})(<.*|## +(?:System|User|Assistant)[ #]*)$");

	private Markdown() {
	}

	static String write(ImportedConversation conversation) {
		var text = new StringBuilder("# ").append(title(conversation)).append('\n');
		if (conversation.system() != null && !conversation.system().isEmpty()) {
			append("System", conversation.system(), text);
		}
		for (var message : Branches.active(conversation)) {
			var said = message.message();
			if (said.role() == Role.USER || said.role() == Role.ASSISTANT) {
				append(said.role() == Role.USER ? "User" : "Assistant", said.content(), text);
			}
		}
		return text.toString();
	}

	private static String title(ImportedConversation conversation) {
		var title = conversation.title() == null ? "" : conversation.title();
		return title.isBlank() ? "Conversation" : title.replaceAll("\\s+", " ").replace("<", "\\<").strip();
	}

	private static void append(String who, String content, StringBuilder text) {
		text.append("\n## ").append(who).append("\n\n");
		var fence = "";
		for (var line : content.strip().lines().toList()) {
			var matcher = FENCE.matcher(line);
			if (!matcher.matches()) {
				text.append(fence.isEmpty() ? MISTAKABLE.matcher(line).replaceFirst("$1\\\\$2") : line);
			} else {
				fence = after(fence, matcher.group(1), matcher.group(2));
				text.append(line);
			}
			text.append('\n');
		}
		if (!fence.isEmpty()) {
			text.append(fence).append('\n');
		}
	}

	/** The fence that is open behind this one; empty for none. */
	private static String after(String open, String fence, String info) {
		if (open.isEmpty()) {
			// What stands behind backticks on their line must have none, else they are no fence.
			return fence.charAt(0) == '`' && info.contains("`") ? "" : fence;
		}
		boolean closes = fence.charAt(0) == open.charAt(0) && fence.length() >= open.length() && info.isBlank();
		return closes ? "" : open;
	}

}
