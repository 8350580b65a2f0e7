package dev.corral.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** Readers whose connections break at any byte, again and again, and who come back. {@code corral.resume.seed} chooses where. */
abstract class CutStreamsContract extends ChatContract {

	private static final Logger log = LoggerFactory.getLogger(CutStreamsContract.class);

	private static final int MOST_DELTAS = 120;

	private static final int MOST_BYTES = 6000;

	/** What a stream, JSON or a decoder may trip over; a delta is never half a character. */
	private static final List<String> PIECES = List.of("a", " word", "\n\n", "\r", "é", "日本", "😀", "\u2028", "\"",
			"\\",
			"data: ", "id: 7-0", ": ", "\t", "👩‍💻", "\u0001");

	private final HttpClient http = HttpClient.newHttpClient();

	void tellsTheSameTextOverConnectionsThatBreak(int streams) throws IOException, InterruptedException {
		long seed = Long.getLong("corral.resume.seed", 20261123);
		log.info("Cutting {} streams with -Dcorral.resume.seed={}", streams, seed);
		for (int number = 0; number < streams; number++) {
			tellsTheSameText(new SplittableRandom(seed + number), "seed %d, stream %d".formatted(seed, number));
		}
	}

	private void tellsTheSameText(SplittableRandom random, String which) throws IOException, InterruptedException {
		// No space at the beginning, which would be the template's.
		var deltas = Stream.concat(Stream.of("So"), IntStream.range(0, random.nextInt(1, MOST_DELTAS))
				.mapToObj(_ -> PIECES.get(random.nextInt(PIECES.size())))).toList();
		engine.answer(_ -> slow(deltas));
		var conversation = conversation();

		var events = new ArrayList<>(cut(request(messages(conversation))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"content\":\"hi\"}")), random));
		var path = "/api/replies/%s/events".formatted(text(get(ALL + "/" + conversation), "leaf_id"));
		int connections = 1;
		while (events.isEmpty() || !events.getLast().name().equals("done")) {
			var request = request(path);
			if (!events.isEmpty()) {
				request.header("Last-Event-ID", String.valueOf(events.getLast().id()));
			}
			events.addAll(cut(request, random));
			connections++;
		}

		log.debug("{}: {} connections", which, connections);
		assertThat(Sse.text(events)).as(which).isEqualTo(String.join("", deltas));
		assertThat(contents(conversation).getLast()).as(which).isEqualTo(String.join("", deltas));
	}

	/** Takes a while, so that most connections break while the reply is being written. */
	private static Flux<GenerationEvent> slow(List<String> deltas) {
		return Flux.concat(FakeEngine.begun(),
				Flux.fromIterable(deltas).delayElements(Duration.ofMillis(1)).map(text -> FakeEngine.delta(text)),
				Flux.just(FakeEngine.finished(FinishReason.STOP)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
	}

	/** Reads a part of a response, to its end at most, and hangs up. */
	private List<Sse> cut(HttpRequest.Builder request, SplittableRandom random)
			throws IOException, InterruptedException {
		var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		try (var body = response.body()) {
			return Sse.parse(new String(body.readNBytes(random.nextInt(1, MOST_BYTES)), StandardCharsets.UTF_8));
		}
	}

}
