package dev.corral.cli.bench;

/** What is measured. Safe for any number of threads. */
interface Target extends AutoCloseable {

	/** What it is, for the report: an address or a file. */
	String name();

	/** The model that answers. */
	String model();

	/**
	 * Sends a request and blocks until its reply has ended; whatever goes wrong is in the sample.
	 *
	 * @param onDelta called when a delta arrives, by a thread that must not be held up
	 */
	Sample send(Call call, Runnable onDelta);

	@Override
	void close();

}
