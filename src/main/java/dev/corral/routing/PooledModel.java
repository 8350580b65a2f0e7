package dev.corral.routing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ServedModel;

/** A model that several workers serve, or one elsewhere, as one: it is as well as the best of them. Safe for any thread. */
final class PooledModel implements ServedModel {

	private final String name;

	private final Instant since;

	private final Supplier<List<Copy>> copies;

	private final Replicas replicas;

	private final PooledEngine engine;

	private final boolean patient;

	/** @param copies of the model that there are at the moment of the call */
	PooledModel(String name, Instant since, Supplier<List<Copy>> copies, Pooling pooling) {
		this.name = name;
		this.since = since;
		this.copies = copies;
		this.replicas = new Replicas(copies, pooling.nanos());
		this.patient = pooling.settings().recoveryTimeout().isPositive();
		this.engine = new PooledEngine(replicas, pooling);
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public Instant since() {
		return since;
	}

	@Override
	public State state() {
		return best().map(ServedModel::condition).orElse(State.UNREACHABLE);
	}

	@Override
	public @Nullable InferenceEngine engine() {
		return state() == State.READY ? engine : null;
	}

	/** Its engine, to be asked although it is not ready: it was, and lets requests wait until it is again; {@code null} if it does not. */
	@Nullable
	InferenceEngine returning() {
		return patient && replicas.known() && replicas.expected() ? engine : null;
	}

	@Override
	public @Nullable String failure() {
		return best().map(ServedModel::complaint).orElse(null);
	}

	long openCircuits() {
		return replicas.openCircuits();
	}

	private Optional<ServedModel> best() {
		return copies.get().stream().map(Copy::model)
				.min(Comparator.comparingInt(model -> switch (model.condition()) {
					case READY -> 0;
					case LOADING -> 1;
					case UNREACHABLE -> 2;
					case FAILED -> 3;
				}));
	}

}
