package dev.corral.cli.server;

/** A running server did not give what it was asked for; the message is one line for people. */
public final class ServerFailed extends RuntimeException {

	ServerFailed(String message) {
		super(message);
	}

	ServerFailed(String message, Throwable cause) {
		super(message, cause);
	}

}
