package dev.corral.limits;

/** Where it is kept how much keys have used. Safe for any thread. */
interface Allowances {

	/**
	 * What is left to a key.
	 *
	 * @param key the key's name
	 * @param limits those that hold for it now
	 */
	Allowance of(String key, Limits limits);

}
