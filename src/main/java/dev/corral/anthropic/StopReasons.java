package dev.corral.anthropic;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.InferenceFailure;

/** Why a reply ended, in the API's words. */
final class StopReasons {

	private StopReasons() {
	}

	/**
	 * @param called whether the reply calls tools
	 * @param sequence as {@link #sequence} has it
	 * @throws InferenceFailure if the reply is not complete: the API has no word for that
	 */
	static String of(Finished finished, boolean called, @Nullable String sequence) {
		return switch (finished.reason()) {
			case STOP -> called ? "tool_use" : sequence == null ? "end_turn" : "stop_sequence";
			case LENGTH -> "max_tokens";
			case CANCELLED -> throw new InferenceFailure.EngineClosed();
			case ERROR -> throw new InferenceFailure.DecodeFailed("the engine ended the reply with an error");
		};
	}

	/**
	 * Which of the client's stop sequences has ended the reply; one of the template's ends a turn.
	 *
	 * @param sequences the client's
	 */
	static @Nullable String sequence(Finished finished, List<String> sequences) {
		var sequence = finished.stopSequence();
		return sequence != null && sequences.contains(sequence) ? sequence : null;
	}

}
