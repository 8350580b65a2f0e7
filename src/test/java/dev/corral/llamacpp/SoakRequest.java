package dev.corral.llamacpp;

import dev.corral.inference.GenerationRequest;

/**
 * One of the requests of a soak.
 *
 * @param expected what must become of it
 * @param control which of {@link BatchRoundingNativeTests#QUESTIONS} it asks, with a known answer; -1 if it is another request
 */
record SoakRequest(GenerationRequest request, Expected expected, int control) {

	SoakRequest(GenerationRequest request, Expected expected) {
		this(request, expected, -1);
	}

	/** What must become of a request; any valid one may find the queue full. */
	enum Expected {

		/** It ends as it should. */
		REPLY,

		/** Its constraint and its rules about tokens may contradict each other, which shows only in the middle of the reply. */
		REPLY_OR_DEAD_END,

		/** It is refused as too long. */
		TOO_LONG,

		/** It is refused as invalid. */
		INVALID

	}

}
