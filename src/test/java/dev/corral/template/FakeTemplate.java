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
