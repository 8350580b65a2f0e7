package dev.corral.template;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.template.TemplateFamily.SystemPlace;

/** The conversation template of a known family. */
final class FamilyTemplate implements ConversationTemplate {

	private final TemplateFamily family;
	private final Slot system;
	private final Slot user;
	private final Slot assistant;
	private final ToolFormat toolFormat;

	/** {@code null} if the user tells what a tool has answered. */
	private final @Nullable Slot tool;

	FamilyTemplate(TemplateFamily family) {
		this.family = family;
		this.system = Slot.in(family.system(), "{system}");
		this.user = Slot.in(family.user(), "{content}");
		this.assistant = Slot.in(family.assistant(), "{content}");
		this.toolFormat = ToolFormats.ALL.named(family.tools());
		this.tool = family.tool().isEmpty() ? null : Slot.in(family.tool(), "{content}");
	}

	@Override
	public String name() {
		return family.name();
	}

	@Override
	public List<String> stopSequences() {
		return List.copyOf(family.stop());
	}

	@Override
	public ToolFormat toolFormat() {
		return toolFormat;
	}

	@Override
	public String defaultSystem() {
		return family.defaultSystem();
	}

	@Override
	public Prompt render(List<Message> messages, RenderOptions options) {
		return render(messages, List.of(), options);
	}

	@Override
	public Prompt render(List<Message> messages, List<Tool> tools, RenderOptions options) {
		var prompt = new SegmentBuilder();
		var open = write(messages, tools, options.continuesLast(), prompt);
		if (open != null) {
			prompt.template(assistant.before()).typed(family.trim() ? open.content().stripLeading() : open.content());
			return new Prompt(prompt.build(), family.bos(), "");
		}
		return new Prompt(prompt.template(family.reply()).build(), family.bos(), family.replyPrefix());
	}

	@Override
	public Prompt renderFinished(List<Message> messages) {
		var prompt = new SegmentBuilder();
		write(messages, List.of(), false, prompt);
		return new Prompt(prompt.build(), family.bos(), "");
	}

	/** @return the last message, which is not written, if that was asked for */
	private @Nullable Message write(List<Message> messages, List<Tool> tools, boolean leavesLastOpen,
			SegmentBuilder prompt) {
		var transcript = Transcript.of(ToolMessages.plain(messages, tools, toolFormat, family.defaultSystem(),
				tool == null ? Role.USER : Role.TOOL));
		String systemText = trimmed(transcript.system() == null ? family.defaultSystem() : transcript.system());
		var turns = new ArrayList<>(transcript.turns());
		prompt.template(family.preamble());

		boolean systemPending = !systemText.isEmpty();
		if (systemPending && family.systemPlace() == SystemPlace.FIRST) {
			write(system, systemText, prompt);
			systemPending = false;
		}
		if (systemPending && turns.stream().noneMatch(turn -> turn.role() == Role.USER)) {
			turns.addFirst(new Message(Role.USER, ""));
		}
		var open = leavesLastOpen ? turns.removeLast() : null;
		for (Message turn : turns) {
			Slot slot = slot(turn.role());
			prompt.template(slot.before());
			if (systemPending && turn.role() == Role.USER) {
				write(system, systemText, prompt);
				systemPending = false;
			}
			prompt.typed(trimmed(turn.content())).template(slot.after());
		}
		return open;
	}

	private Slot slot(Role role) {
		return role == Role.USER ? user : role == Role.TOOL && tool != null ? tool : assistant;
	}

	private String trimmed(String content) {
		return family.trim() ? content.strip() : content;
	}

	private static void write(Slot slot, String content, SegmentBuilder prompt) {
		prompt.template(slot.before()).typed(content).template(slot.after());
	}

	/** A pattern cut open at its placeholder, so that what is put in is never searched for placeholders again. */
	private record Slot(String before, String after) {

		static Slot in(String pattern, String placeholder) {
			int at = pattern.indexOf(placeholder);
			if (at < 0) {
				throw new IllegalArgumentException("The pattern '%s' lacks %s.".formatted(pattern, placeholder));
			}
			return new Slot(pattern.substring(0, at), pattern.substring(at + placeholder.length()));
		}

	}

}
