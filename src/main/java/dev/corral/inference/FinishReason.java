package dev.corral.inference;

/** Why a generation ended. */
public enum FinishReason {

	/** The model produced an end-of-generation token or a stop sequence. */
	STOP,

	/** The token limit of the request or the context window was reached. */
	LENGTH,

	/** The client withdrew the request. */
	CANCELLED,

	/** The engine could not go on. */
	ERROR

}
