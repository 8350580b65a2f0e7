package dev.corral.inference;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Mono;

/** A worker, as those who run the server know it: a process or a part of one that has loaded models. Safe for any thread. */
public interface Worker {

	/** Tells it from the others of this server. */
	String name();

	Kind kind();

	/** What it serves, in the order of its configuration. */
	List<? extends ServedModel> models();

	/** When it was started. */
	Instant startedAt();

	/** Whether it ends what it has begun, and takes nothing more. */
	boolean draining();

	/**
	 * Has it take nothing more and end what it has begun, or take requests again, when subscribed to. An error signal is
	 * {@link InferenceFailure.WorkerLost} if it cannot be told.
	 */
	Mono<Void> drain(boolean draining);

	/** How often it was started again by this server. */
	default int restarts() {
		return 0;
	}

	/** Where it runs. */
	enum Kind {

		/** In this process. */
		EMBEDDED,

		/** In a process that this one has started. */
		PROCESS,

		/** Somewhere else. */
		REMOTE

	}

}
