package dev.corral.usage;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.corral.access.keys.ApiKey;
import dev.corral.inference.TokenAccount;
import dev.corral.inference.Usage;
import reactor.core.publisher.Mono;

/** The account of one request, which also counts what it pays for. A request that came to no token at all counts nothing. */
final class CountedAccount implements TokenAccount {

	private final TokenAccount account;

	private final ApiKey key;

	private final UnsavedUsage usage;

	private final AtomicBoolean requestCounted = new AtomicBoolean();

	CountedAccount(TokenAccount account, ApiKey key, UnsavedUsage usage) {
		this.account = account;
		this.key = key;
		this.usage = usage;
	}

	@Override
	public Mono<Void> admit(int promptTokens) {
		return account.admit(promptTokens);
	}

	@Override
	public Mono<Spending> begin(String model, int promptTokens) {
		return account.begin(model, promptTokens).map(spending -> {
			var ended = new AtomicBoolean();
			return spent -> {
				spending.end(spent);
				if (ended.compareAndSet(false, true)) {
					count(model, spent);
				}
			};
		});
	}

	private void count(String model, Usage spent) {
		if (spent.totalTokens() > 0) {
			usage.add(key, model, requestCounted.compareAndSet(false, true) ? 1 : 0, spent);
		}
	}

}
