package dev.corral.cli.bench;

/** Nothing can be measured; the message is one line for people. */
class BenchFailed extends RuntimeException {

	BenchFailed(String message) {
		super(message);
	}

}
