package dev.corral.inference;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A served model in a state that the test chose. */
public record FakeServedModel(String name, Instant since, State state, @Nullable InferenceEngine engine,
		@Nullable String failure) implements ServedModel {

	public static FakeServedModel loading(String name) {
		return new FakeServedModel(name, Instant.EPOCH, State.LOADING, null, null);
	}

	public static FakeServedModel ready(InferenceEngine engine) {
		return new FakeServedModel(engine.model().name(), Instant.EPOCH, State.READY, engine, null);
	}

	public static FakeServedModel unreachable(String name) {
		return new FakeServedModel(name, Instant.EPOCH, State.UNREACHABLE, null, null);
	}

	public static FakeServedModel failed(String name) {
		return new FakeServedModel(name, Instant.EPOCH, State.FAILED, null, "cannot open /secret/" + name);
	}

}
