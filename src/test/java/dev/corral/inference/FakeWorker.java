package dev.corral.inference;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Mono;

/** A worker in a state that the test chose. */
public record FakeWorker(String name, Kind kind, Instant startedAt, boolean draining,
		List<? extends ServedModel> models) implements Worker, WorkerSource {

	public static FakeWorker serving(ServedModel... models) {
		return new FakeWorker("fake", Kind.REMOTE, Instant.EPOCH, false, List.of(models));
	}

	@Override
	public List<FakeWorker> workers() {
		return List.of(this);
	}

	/** Nothing changes. */
	@Override
	public Mono<Void> drain(boolean draining) {
		return Mono.empty();
	}

	public FakeWorker drains() {
		return new FakeWorker(name, kind, startedAt, true, models);
	}

}
