package dev.corral.limits;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.TokenAccount;
import reactor.core.publisher.Mono;

/** Has a key pay for one request. */
final class KeyAccount implements TokenAccount {

	private final Allowance allowance;

	private final AtomicBoolean admitted = new AtomicBoolean();

	private volatile @Nullable Standing standing;

	KeyAccount(Allowance allowance) {
		this.allowance = allowance;
	}

	/** What was left when this request took something last, or was refused; {@code null} while it has not asked for anything. */
	@Nullable
	Standing standing() {
		return standing;
	}

	@Override
	public Mono<Void> admit(int promptTokens) {
		return Mono.defer(() -> admitted.compareAndSet(false, true)
				? told(allowance.request(promptTokens).doOnError(_ -> admitted.set(false))).then()
				: Mono.empty());
	}

	/** Notes what is left, also where something was refused. */
	private Mono<Standing> told(Mono<Standing> taking) {
		return taking.onErrorResume(refusal -> allowance.standing().flatMap(left -> {
			standing = left;
			return Mono.error(refusal);
		})).doOnNext(left -> standing = left);
	}

	@Override
	public Mono<Spending> begin(String model, int promptTokens) {
		return admit(promptTokens).then(told(allowance.reply(promptTokens))).map(_ -> {
			var ended = new AtomicBoolean();
			return usage -> {
				if (ended.compareAndSet(false, true)) {
					allowance.ended(promptTokens, usage.totalTokens());
				}
			};
		});
	}

}
