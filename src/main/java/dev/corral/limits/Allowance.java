package dev.corral.limits;

import dev.corral.inference.InferenceFailure;
import reactor.core.publisher.Mono;

/** What is left to one key. Safe for any thread; nothing happens before a result is subscribed to. */
interface Allowance {

	/**
	 * Takes a request, if a reply to it could begin now.
	 *
	 * @param promptTokens as far as they are known
	 * @return what is left then; an error signal is {@link InferenceFailure.RateLimitExceeded}, and nothing was taken
	 */
	Mono<Standing> request(int promptTokens);

	/** Takes the place of one reply and so many tokens. Signals as above. */
	Mono<Standing> reply(int promptTokens);

	/** What is left, without taking anything. */
	Mono<Standing> standing();

	/**
	 * Gives back the place of a reply, and evens out what was taken and what was used, be that more than was left.
	 *
	 * @param taken what {@link #reply} took, in tokens
	 * @param used what the reply came to, in tokens
	 */
	void ended(int taken, long used);

}
