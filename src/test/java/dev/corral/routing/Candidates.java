package dev.corral.routing;

import java.time.Instant;
import java.util.List;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeWorker;
import dev.corral.inference.Worker;

/** Makes candidates of which one thing is told. */
final class Candidates {

	private Candidates() {
	}

	static Candidate caching(int promptTokens, int cachedTokens) {
		return new Candidate(replica("a"), promptTokens, cachedTokens, 0, 4, 0, 0);
	}

	static Candidate busy(String name, int busy, int sequences) {
		return new Candidate(replica(name), 100, 0, busy, sequences, 0, 0);
	}

	static Candidate fast(double prefillRate, double decodeRate) {
		return new Candidate(replica("a"), 100, 0, 0, 4, prefillRate, decodeRate);
	}

	static Replica replica(String name) {
		return new Replica(new FakeWorker(name, Worker.Kind.REMOTE, Instant.EPOCH, false, List.of()),
				new FakeEngine("llama", 4096), () -> 0);
	}

}
