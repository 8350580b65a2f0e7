package dev.corral.inference;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The models that a request may use. It travels in Reactor's context, from the edge that knows who is calling to where models are found, so that
 * no way to a model can leave it out. Work that no request waits for has none, and may use all.
 *
 * @param names empty for all
 */
public record AllowedModels(Set<String> names) {

	public static final AllowedModels ALL = new AllowedModels(Set.of());

	public AllowedModels {
		names = Set.copyOf(names);
	}

	/** Those of the request that subscribes. */
	public static Mono<AllowedModels> current() {
		return Mono.deferContextual(
				context -> Mono.just(Objects.requireNonNull(context.getOrDefault(AllowedModels.class, ALL))));
	}

	/**
	 * Completes if the request that subscribes may use a model.
	 *
	 * @return an error signal is {@link InferenceFailure.ModelNotFound}, as if there were no such model
	 */
	public static Mono<Void> check(String model) {
		return current().flatMap(allowed -> allowed.contains(model)
				? Mono.empty()
				: Mono.error(new InferenceFailure.ModelNotFound(model)));
	}

	/** To be given to {@code contextWrite}. */
	public Function<Context, Context> intoContext() {
		return context -> context.put(AllowedModels.class, this);
	}

	public boolean contains(String model) {
		return names.isEmpty() || names.contains(model);
	}

}
