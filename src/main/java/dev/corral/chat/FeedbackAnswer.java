package dev.corral.chat;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Feedback;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/**
 * What a reader thinks of a reply.
 *
 * @param rating {@code up} or {@code down}
 */
record FeedbackAnswer(String rating, @Nullable String reason) {

	private static final String UP = "up";

	private static final String DOWN = "down";

	static FeedbackAnswer of(Feedback feedback) {
		return new FeedbackAnswer(feedback.good() ? UP : DOWN, feedback.reason());
	}

	/**
	 * @throws InvalidParameter naming the field that is missing, malformed or too long
	 */
	static Feedback parse(JsonFields fields) {
		var rating = fields.requiredString("rating");
		if (!rating.equals(UP) && !rating.equals(DOWN)) {
			throw fields.invalid("rating", "must be up or down");
		}
		var reason = fields.string("reason");
		if (reason != null && reason.length() > Feedback.MAX_REASON_LENGTH) {
			throw fields.invalid("reason", "may have at most %d characters, but has %d"
					.formatted(Feedback.MAX_REASON_LENGTH, reason.length()));
		}
		return new Feedback(rating.equals(UP), reason == null || reason.isEmpty() ? null : reason);
	}

}
