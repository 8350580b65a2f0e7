package dev.corral.cli.bench;

/** A pattern of requests. */
interface Workload {

	/** Sends everything and waits for all replies; failed requests are counted and do not end it. */
	void run() throws InterruptedException;

}
