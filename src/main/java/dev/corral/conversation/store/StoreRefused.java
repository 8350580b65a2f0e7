package dev.corral.conversation.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be used as it is configured. Ends start-up. */
final class StoreRefused extends RuntimeException {

	private final String remedy;

	/**
	 * @param message what is wrong, in whole sentences
	 * @param remedy what the operator can do about it, in whole sentences
	 */
	StoreRefused(String message, String remedy, @Nullable Throwable cause) {
		super(message, cause);
		this.remedy = remedy;
	}

	StoreRefused(String message, String remedy) {
		this(message, remedy, null);
	}

	String remedy() {
		return remedy;
	}

}
