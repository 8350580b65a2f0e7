package dev.corral.template;

import java.util.List;
import java.util.stream.Collectors;

import dev.corral.inference.PromptSegment;

/**
 * A conversation rendered for a model, up to where its reply begins.
 *
 * @param segments the text in order
 * @param bos whether the tokenizer puts the beginning-of-sequence token in front
 * @param replyPrefix text that a reply begins with by the template's convention, and that is not part of what is said; may
 * be empty
 */
public record Prompt(List<PromptSegment> segments, boolean bos, String replyPrefix) {

	public Prompt {
		segments = List.copyOf(segments);
	}

	/** The whole text, for logs and tests. */
	public String text() {
		return segments.stream().map(PromptSegment::text).collect(Collectors.joining());
	}

}
