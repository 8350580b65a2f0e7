package dev.corral.template;

import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.PromptSegment;

/** Collects the segments of a prompt: empty pieces vanish, neighbouring pieces of one origin become one segment. */
final class SegmentBuilder {

	private final List<PromptSegment> segments = new ArrayList<>();

	SegmentBuilder template(String text) {
		return append(PromptSegment.template(text));
	}

	SegmentBuilder typed(String text) {
		return append(PromptSegment.typed(text));
	}

	private SegmentBuilder append(PromptSegment next) {
		if (next.text().isEmpty()) {
			return this;
		}
		if (!segments.isEmpty() && segments.getLast().fromTemplate() == next.fromTemplate()) {
			String joined = segments.removeLast().text() + next.text();
			segments.add(new PromptSegment(joined, next.fromTemplate()));
		} else {
			segments.add(next);
		}
		return this;
	}

	List<PromptSegment> build() {
		return List.copyOf(segments);
	}

}
