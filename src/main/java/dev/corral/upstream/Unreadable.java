package dev.corral.upstream;

/** A server has answered what its API does not have. The message is for the log. */
final class Unreadable extends RuntimeException {

	Unreadable(String message) {
		super(message);
	}

}
