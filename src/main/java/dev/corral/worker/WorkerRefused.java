package dev.corral.worker;

/** This process must not start as it is configured. */
final class WorkerRefused extends RuntimeException {

	private final String remedy;

	/**
	 * @param message what is wrong, in whole sentences
	 * @param remedy what the operator can do about it, in whole sentences
	 */
	WorkerRefused(String message, String remedy) {
		super(message);
		this.remedy = remedy;
	}

	String remedy() {
		return remedy;
	}

}
