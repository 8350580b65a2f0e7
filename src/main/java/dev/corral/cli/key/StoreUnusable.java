package dev.corral.cli.key;

/** The store of keys cannot be opened; the message is one line for people. */
final class StoreUnusable extends RuntimeException {

	StoreUnusable(Throwable cause) {
		super("%s A running server makes and ends keys at /api/keys.".formatted(cause.getMessage()), cause);
	}

}
