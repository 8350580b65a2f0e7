package dev.corral.upstream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;

/**
 * What a gateway adds to a worker on the same machine: the same requests to both, in turn. For docs/benchmarks/pool.md; run with
 * {@code mvn -Pbenchmark test -Dtest=GatewayOverheadBenchmark}.
 */
@Tag("benchmark")
@TestPropertySource(properties = "corral.workers.mode=remote")
@DirtiesContext
class GatewayOverheadBenchmark extends RealApplication {

	private static final int PAIRS = 500;

	private static final int WARM_UP = 1500;

	private static final int USERS = 8;

	private static final int ROUNDS = 15;

	private static final int REQUESTS_EACH = 8;

	private static final int TOKENS = 64;

	private static final WorkerOfTest WORKER = worker();

	/** No two prompts begin alike, so that none is cached. */
	private final AtomicInteger prompts = new AtomicInteger();

	private static WorkerOfTest worker() {
		try {
			return new WorkerOfTest(Files.createTempFile("corral-worker", ".log"));
		} catch (IOException failed) {
			throw new IllegalStateException(failed);
		}
	}

	@DynamicPropertySource
	static void whereItIs(DynamicPropertyRegistry registry) {
		registry.add("corral.workers.remote[0].url", () -> "http://127.0.0.1:" + WORKER.port());
		registry.add("corral.workers.remote[0].key", () -> WorkerOfTest.KEY);
	}

	@AfterAll
	static void end() throws IOException {
		WORKER.close();
	}

	@Test
	void comparesAGatewayWithItsWorker() throws IOException, InterruptedException, ExecutionException {
		try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			var direct = new double[PAIRS];
			var through = new double[PAIRS];
			for (int pair = -WARM_UP; pair < PAIRS; pair++) {
				// In changing order, since the second finds the machine as the first has left it.
				boolean directFirst = pair % 2 == 0;
				double one = firstToken(client, directFirst ? WORKER.port() : port, 8);
				double other = firstToken(client, directFirst ? port : WORKER.port(), 8);
				if (pair >= 0) {
					direct[pair] = directFirst ? one : other;
					through[pair] = directFirst ? other : one;
				}
			}
			Arrays.sort(direct);
			Arrays.sort(through);
			for (int percent : new int[]{50, 95, 99}) {
				System.out.printf("| TTFT p%d, ms | %.1f | %.1f | %.1f |%n", percent, at(direct, percent),
						at(through, percent), at(through, percent) - at(direct, percent));
			}
			var ratios = new double[ROUNDS];
			for (int round = -1; round < ROUNDS; round++) {
				boolean directFirst = round % 2 == 0;
				double one = tokensPerSecond(client, directFirst ? WORKER.port() : port);
				double other = tokensPerSecond(client, directFirst ? port : WORKER.port());
				if (round >= 0) {
					ratios[round] = directFirst ? other / one : one / other;
				}
			}
			Arrays.sort(ratios);
			System.out.printf("| tokens/s through the gateway against directly, %d users | %.3f | (%.3f to %.3f) |%n",
					USERS, ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
		}
	}

	private static double at(double[] sorted, int percent) {
		return sorted[sorted.length * percent / 100];
	}

	private double tokensPerSecond(HttpClient client, int port)
			throws InterruptedException, ExecutionException {
		var users = new ArrayList<Callable<Void>>();
		for (int user = 0; user < USERS; user++) {
			users.add(() -> {
				for (int request = 0; request < REQUESTS_EACH; request++) {
					firstToken(client, port, TOKENS);
				}
				return null;
			});
		}
		long begun = System.nanoTime();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var done : threads.invokeAll(users)) {
				done.get();
			}
		}
		return USERS * REQUESTS_EACH * TOKENS * 1e9 / (System.nanoTime() - begun);
	}

	/** @return milliseconds until the first token of a reply that is read to its end */
	private double firstToken(HttpClient client, int port, int tokens) throws IOException, InterruptedException {
		var body = """
			{"model":"%s","prompt":"%d is the number of this prompt, after which a story begins, and it goes like this:",
			"max_tokens":%d,"temperature":0,"ignore_eos":true,"stream":true}"""
				.formatted(MODEL, 1000 + prompts.getAndIncrement(), tokens);
		var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/completions".formatted(port)))
				.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
		if (port == WORKER.port()) {
			request.header("Authorization", "Bearer " + WorkerOfTest.KEY);
		}
		long begun = System.nanoTime();
		double first = 0;
		boolean done = false;
		try (var lines = client.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body()) {
			for (var line : (Iterable<String>) lines::iterator) {
				if (first == 0 && line.startsWith("data: ")) {
					first = (System.nanoTime() - begun) / 1e6;
				}
				done |= line.equals("data: [DONE]");
			}
		}
		if (!done) {
			throw new IOException("A reply without an end from port " + port);
		}
		return first;
	}

}
