package dev.corral.inference;

import java.util.Objects;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Who pays for the tokens of a request. It travels in Reactor's context, from the edge that knows who is calling to where engines are asked, so
 * that no way to an engine can leave it out. Work that nobody asked for has none. Safe for any thread.
 */
public interface TokenAccount {

	/** Takes everything and counts nothing. */
	TokenAccount NONE = new TokenAccount() {

		@Override
		public Mono<Void> admit(int promptTokens) {
			return Mono.empty();
		}

		@Override
		public Mono<Spending> begin(String model, int promptTokens) {
			return Mono.just(_ -> {
			});
		}

	};

	/**
	 * Completes if the request may be served now; of one that has several replies, the first time alone counts.
	 *
	 * @param promptTokens as far as it is known, in tokens
	 * @return an error signal is {@link InferenceFailure.RateLimitExceeded}; then nothing was counted
	 */
	Mono<Void> admit(int promptTokens);

	/**
	 * Admits the request, if that has not been done, and sets the tokens of a prompt aside for one reply to it, or for texts that become
	 * vectors. What it gives must be ended. The error signal is that of {@link #admit}.
	 */
	Mono<Spending> begin(String model, int promptTokens);

	/** That of the request that subscribes. */
	static Mono<TokenAccount> current() {
		return Mono.deferContextual(context -> Mono.just(of(context)));
	}

	static TokenAccount of(ContextView context) {
		return Objects.requireNonNull(context.getOrDefault(TokenAccount.class, NONE));
	}

	/** To be given to {@code contextWrite}. */
	default Function<Context, Context> intoContext() {
		return context -> context.put(TokenAccount.class, this);
	}

	/** What one reply takes from an account. */
	interface Spending {

		/** The reply has ended, with these tokens in place of those that were set aside; the first call alone counts. */
		void end(Usage usage);

	}

}
