package dev.corral.template;

import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.PromptSegment;

/** Writes each message as {@code ROLE:content|}. */
public record FakeTemplate(String replyPrefix, List<String> stopSequences) implements ConversationTemplate {

	public FakeTemplate() {
		this("", List.of());
	}

	@Override
	public String name() {
		return "fake";
	}

	/** Tools stand in front, each as a message of the system with its name. */
	@Override
	public Prompt render(List<Message> messages, List<Tool> tools, RenderOptions options) {
		var all = new ArrayList<>(tools.stream().map(tool -> new Message(Role.SYSTEM, tool.name())).toList());
		all.addAll(messages);
		return render(all, options);
	}

	@Override
	public Prompt renderFinished(List<Message> messages) {
		var segments = render(messages).segments();
		return new Prompt(segments.subList(0, segments.size() - 1), true, "");
	}

	@Override
	public Prompt render(List<Message> messages, RenderOptions options) {
		var segments = new ArrayList<PromptSegment>();
		for (var message : messages) {
			segments.add(PromptSegment.template(message.role() + ":"));
			segments.add(PromptSegment.typed(message.content()));
			segments.add(PromptSegment.template("|"));
		}
		if (options.continuesLast()) {
			segments.removeLast();
			return new Prompt(segments, true, "");
		}
		segments.add(PromptSegment.template("ASSISTANT:"));
		return new Prompt(segments, true, replyPrefix);
	}

}
