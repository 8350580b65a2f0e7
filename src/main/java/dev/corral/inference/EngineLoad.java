package dev.corral.inference;

/**
 * How busy an engine is.
 *
 * @param running sequences in prefill or decode
 * @param waiting admitted requests that have no sequence yet
 * @param sequences most sequences that can run at once
 * @param kvUse how much of the key-value cache running sequences take up, 0 to 1; what ended sequences left makes room and does not
 * count
 */
public record EngineLoad(int running, int waiting, int sequences, double kvUse) {

	/** With nothing in the key-value cache. */
	public EngineLoad(int running, int waiting, int sequences) {
		this(running, waiting, sequences, 0);
	}

}
