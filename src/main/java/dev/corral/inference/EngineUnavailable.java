package dev.corral.inference;

import org.jspecify.annotations.Nullable;

/** An engine could not be made: the native runtime is missing or broken, or the model does not load. For the operator. */
public class EngineUnavailable extends RuntimeException {

	public EngineUnavailable(String message) {
		super(message);
	}

	public EngineUnavailable(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
