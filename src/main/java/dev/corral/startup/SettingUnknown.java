package dev.corral.startup;

/** A setting below {@code corral} that means nothing. */
final class SettingUnknown extends RuntimeException {

	private final String remedy;

	/**
	 * @param message what is wrong, in whole sentences
	 * @param remedy what the operator can do about it, in whole sentences
	 */
	SettingUnknown(String message, String remedy) {
		super(message);
		this.remedy = remedy;
	}

	String remedy() {
		return remedy;
	}

}
