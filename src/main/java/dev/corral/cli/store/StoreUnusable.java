package dev.corral.cli.store;

/** The store cannot be opened; the message is one line for people. */
public final class StoreUnusable extends RuntimeException {

	/** @param elsewhere a sentence on what can be done while a server has the store */
	StoreUnusable(Throwable cause, String elsewhere) {
		super("%s %s".formatted(cause.getMessage(), elsewhere), cause);
	}

}
