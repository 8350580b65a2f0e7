package dev.corral.llamacpp;

/** What other threads ask of the engine thread. */
sealed interface EngineCommand {

	/** Take a new sequence in. Whoever takes this command out of the queue ends the sequence, one way or another. */
	record Submit(Sequence sequence) implements EngineCommand {
	}

	/** Nobody listens to this sequence any more. */
	record Cancel(Sequence sequence) implements EngineCommand {
	}

	/** End everything, free the context and stop. */
	record Close() implements EngineCommand {
	}

}
