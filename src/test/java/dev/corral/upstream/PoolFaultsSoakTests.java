package dev.corral.upstream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import dev.corral.inference.Worker;
import dev.corral.worker.WorkersSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Users who talk to three worker processes, two of them the gateway's children and one behind a network, while one after the other is killed,
 * stopped or cut off. A fault waits until another worker is sound, since no reply can go on nowhere.
 */
@TestPropertySource(properties = {"corral.workers.mode=process", "corral.workers.count=2", "corral.engine.threads=1",
		"corral.workers.probe-timeout=1s"})
@Import(PoolFaultsSoakTests.Elsewhere.class)
@DirtiesContext
@Tag("long")
class PoolFaultsSoakTests extends RealApplication {

	private static final Logger log = LoggerFactory.getLogger(PoolFaultsSoakTests.class);

	private static final Duration LONGEST = Duration.ofMinutes(3);

	private static final Duration TIME = DurationStyle
			.detectAndParse(System.getProperty("corral.soak.duration", "10m"));

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private static final int USERS = 24;

	private static final long SEED = 20261123;

	private static final List<String> SUBJECTS = List.of("a cat", "a llama", "rain", "snow", "the sea", "a mountain",
			"the moon", "tea", "autumn", "the night", "a garden", "a train");

	/** Twice what it moves a logit to read again in one go what was computed token by token; see {@code batch-rounding.md}. */
	private static final double LEAST_MARGIN = 0.4;

	private static final int LEAST_TOKENS = 30;

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final WorkerOfTest REMOTE = remote();

	@Autowired
	private WorkerProcesses processes;

	@Autowired
	private RemoteWorkers remotes;

	@Autowired
	private MeterRegistry meters;

	/** Replies by what they are about, as they are without a fault. */
	private final Map<String, String> expected = new LinkedHashMap<>();

	private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

	private final ConcurrentLinkedQueue<Long> firstTokenMillis = new ConcurrentLinkedQueue<>();

	private final AtomicInteger replies = new AtomicInteger();

	private volatile boolean over;

	@TestConfiguration
	static class Elsewhere {

		@Bean
		RemoteWorkers remoteWorkers(WorkersSettings settings, RemoteWorkerFactory factory) {
			return new RemoteWorkers(settings, factory);
		}

	}

	private static WorkerOfTest remote() {
		try {
			return new WorkerOfTest(Files.createTempFile("corral-worker", ".log"));
		} catch (IOException failed) {
			throw new IllegalStateException(failed);
		}
	}

	@DynamicPropertySource
	static void whereItIs(DynamicPropertyRegistry registry) {
		registry.add("corral.workers.remote[0].url", () -> "http://127.0.0.1:" + REMOTE.network().port());
		registry.add("corral.workers.remote[0].key", () -> WorkerOfTest.KEY);
	}

	@AfterAll
	static void end() throws IOException {
		REMOTE.close();
	}

	private enum Fault {

		KILL, STOP, CUT

	}

	@Test
	void tellsTheSameTextWhateverHappensToWorkers() throws IOException, InterruptedException {
		await().atMost(LONGEST).until(() -> sound().size() == 3);
		try (var client = HttpClient.newHttpClient()) {
			for (var subject : SUBJECTS) {
				if (isSure(client, subject)) {
					expected.put(subject, reply(client, subject));
				}
			}
			assertThat(expected).hasSizeGreaterThan(1);
			firstTokenMillis.clear();
			var threads = new ArrayList<Thread>();
			for (int user = 0; user < USERS; user++) {
				var random = new Random(SEED + user + 1);
				threads.add(Thread.ofVirtual().start(() -> talk(client, random)));
			}
			var faults = faults(new Random(SEED));
			over = true;
			for (var thread : threads) {
				thread.join();
			}
			report(faults);
			assertThat(wrong).isEmpty();
			assertThat(faults.values().stream().mapToInt(AtomicInteger::get).sum()).isPositive();
			assertThat(moves()).as("replies that moved").isPositive();
		}
	}

	private void talk(HttpClient client, Random random) {
		var subjects = List.copyOf(expected.keySet());
		while (!over && !Thread.currentThread().isInterrupted()) {
			var subject = subjects.get(random.nextInt(subjects.size()));
			try {
				var text = reply(client, subject);
				if (!text.equals(expected.get(subject))) {
					wrong.add("'%s' in place of '%s'".formatted(text, expected.get(subject)));
				}
			} catch (IOException | RuntimeException failed) {
				wrong.add(failed.toString());
			} catch (InterruptedException interrupted) {
				Thread.currentThread().interrupt();
			}
			replies.incrementAndGet();
		}
	}

	/** Whether rounding cannot make the reply another one: no second-best token is near the best, wherever the reply is taken up. */
	private boolean isSure(HttpClient client, String subject) throws IOException, InterruptedException {
		var answer = JSON.readTree(client.send(request(subject, "\"logprobs\":true,\"top_logprobs\":2"),
				HttpResponse.BodyHandlers.ofString()).body());
		var tokens = answer.path("choices").path(0).path("logprobs").path("content");
		for (var token : tokens) {
			var best = token.path("top_logprobs");
			if (best.path(0).path("logprob").asDouble() - best.path(1).path("logprob").asDouble() < LEAST_MARGIN) {
				return false;
			}
		}
		return tokens.size() >= LEAST_TOKENS;
	}

	private HttpRequest request(String subject, String more) {
		var body = """
			{"model":"%s","temperature":0,"messages":[{"role":"user","content":"Write a poem about %s."}],%s}"""
				.formatted(MODEL, subject, more);
		return HttpRequest.newBuilder(URI.create("http://localhost:%d/v1/chat/completions".formatted(port)))
				.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
	}

	private String reply(HttpClient client, String subject) throws IOException, InterruptedException {
		long begun = System.nanoTime();
		var text = new StringBuilder();
		boolean done = false;
		var response = client.send(request(subject, "\"stream\":true"), HttpResponse.BodyHandlers.ofLines());
		try (var lines = response.body()) {
			for (var line : (Iterable<String>) lines::iterator) {
				if (line.equals("data: [DONE]")) {
					done = true;
				} else if (line.startsWith("data: ")) {
					var told = JSON.readTree(line.substring("data: ".length()));
					if (told.has("error")) {
						throw new IOException(line);
					}
					var content = told.path("choices").path(0).path("delta").path("content").asString("");
					if (text.isEmpty() && !content.isEmpty()) {
						firstTokenMillis.add((System.nanoTime() - begun) / 1_000_000);
					}
					text.append(content);
				}
			}
		}
		if (!done) {
			throw new IOException("HTTP status %d, and no end after '%s'".formatted(response.statusCode(), text));
		}
		return text.toString();
	}

	private Map<Fault, AtomicInteger> faults(Random random) throws IOException, InterruptedException {
		long end = System.nanoTime() + TIME.toNanos();
		var faults = new ConcurrentHashMap<Fault, AtomicInteger>();
		while (System.nanoTime() < end) {
			await().atMost(LONGEST).until(() -> sound().size() >= 2);
			var sound = sound();
			var victim = sound.get(random.nextInt(sound.size()));
			var fault = victim.kind() == Worker.Kind.REMOTE
					? Fault.values()[random.nextInt(3)]
					: Fault.values()[random.nextInt(2)];
			var process = process(victim);
			switch (fault) {
				case KILL -> process.destroyForcibly().waitFor();
				case STOP -> WorkerOfTest.signal("STOP", process);
				case CUT -> REMOTE.network().cut(true);
			}
			faults.computeIfAbsent(fault, _ -> new AtomicInteger()).incrementAndGet();
			log.info("{} of {}", fault, victim.name());
			// So long it lasts; how long is what the caller chose.
			new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
			switch (fault) {
				case KILL -> REMOTE.relaunch();
				case STOP -> WorkerOfTest.signal("CONT", process);
				case CUT -> REMOTE.network().cut(false);
			}
		}
		return faults;
	}

	private List<Worker> sound() {
		return Stream.<Worker>concat(processes.workers().stream(), remotes.workers().stream())
				.filter(WorkerOfTest::ready).toList();
	}

	private static Process process(Worker worker) {
		return worker instanceof WorkerProcess child ? child.process() : REMOTE.process();
	}

	private double moves() {
		return meters.find("corral.routing.failovers").functionCounters().stream()
				.mapToDouble(FunctionCounter::count).sum();
	}

	private void report(Map<Fault, AtomicInteger> faults) {
		var sorted = firstTokenMillis.stream().sorted().toList();
		log.info(
				"{} users, {} replies, {} wrong or failed, faults {}, {} moves, first token after {} ms (p50), {} ms (p99)",
				USERS, replies, wrong.size(), faults, Math.round(moves()), sorted.get(sorted.size() / 2),
				sorted.get(sorted.size() * 99 / 100));
	}

}
