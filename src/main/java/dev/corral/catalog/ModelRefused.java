package dev.corral.catalog;

import org.jspecify.annotations.Nullable;

/** The catalog cannot be built: a configured model is unusable, or none is configured. Ends start-up. */
final class ModelRefused extends RuntimeException {

	private final String remedy;

	/**
	 * @param message what is wrong, in whole sentences
	 * @param remedy what the operator can do about it, in whole sentences
	 */
	ModelRefused(String message, String remedy, @Nullable Throwable cause) {
		super(message, cause);
		this.remedy = remedy;
	}

	ModelRefused(String message, String remedy) {
		this(message, remedy, null);
	}

	String remedy() {
		return remedy;
	}

}
