package dev.corral.openai;

import dev.corral.inference.FinishReason;
import dev.corral.inference.InferenceFailure;

/** Why a reply ended, in the API's words. */
final class FinishReasons {

	private FinishReasons() {
	}

	/**
	 * @param called whether the reply has called tools
	 * @throws InferenceFailure if the reply is not complete: the API has no word for that, and {@code stop} would be a lie
	 */
	static String of(FinishReason reason, boolean called) {
		return switch (reason) {
			case STOP -> called ? "tool_calls" : "stop";
			case LENGTH -> "length";
			case CANCELLED -> throw new InferenceFailure.EngineClosed();
			case ERROR -> throw new InferenceFailure.DecodeFailed("the engine ended the reply with an error");
		};
	}

}
