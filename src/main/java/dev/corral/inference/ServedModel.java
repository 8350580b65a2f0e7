package dev.corral.inference;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A model that a worker serves, from the moment it is configured. Safe for any thread. */
public interface ServedModel {

	/** What clients call it. */
	String name();

	/** Since when this server knows the model. */
	Instant since();

	State state();

	/** The engine, present exactly in state {@link State#READY}. */
	@Nullable
	InferenceEngine engine();

	/** What went wrong, for clients; present exactly in state {@link State#FAILED}. */
	@Nullable
	String failure();

	/** What it is now: an engine that has died leaves a model as unusable as one that never loaded. */
	default State condition() {
		var engine = engine();
		return engine == null || engine.serving() ? state() : State.FAILED;
	}

	/** Why it cannot be used, for clients; {@code null} if nothing went wrong. */
	default @Nullable String complaint() {
		return condition() == State.FAILED && state() != State.FAILED
				? "Its engine has ended; the server's log says why."
				: failure();
	}

	/** Life of a served model: {@code LOADING} becomes one of the others. */
	enum State {

		LOADING,

		READY,

		/** It will not work again unless its worker is started anew. */
		FAILED,

		/** Its worker does not answer, and may again. */
		UNREACHABLE

	}

}
