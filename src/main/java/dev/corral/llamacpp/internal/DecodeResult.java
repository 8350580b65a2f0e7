package dev.corral.llamacpp.internal;

/** What {@code llama_decode} says about a batch. */
public enum DecodeResult {

	/** Computed. */
	OK,

	/** No room in the key-value cache; nothing changed, and a smaller batch may fit. */
	NO_KV_SLOT,

	/** Stopped by the abort callback. */
	ABORTED,

	/** The batch breaks the runtime's rules; nothing changed. */
	INVALID_BATCH,

	/** The computation failed. */
	FAILED;

	static DecodeResult of(int code) {
		return switch (code) {
			case 0 -> OK;
			case 1 -> NO_KV_SLOT;
			case 2 -> ABORTED;
			case -1 -> INVALID_BATCH;
			default -> FAILED;
		};
	}

}
