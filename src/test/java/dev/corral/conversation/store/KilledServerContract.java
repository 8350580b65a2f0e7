package dev.corral.conversation.store;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;

import dev.corral.conversation.store.Talker.Exchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is left of conversations when the server that writes in them is killed at any moment. */
abstract class KilledServerContract {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int TALKERS = 4;

	private static final int LONGEST_MILLIS_BEFORE_THE_KILL = 2500;

	private static final Duration LONGEST = Duration.ofMinutes(1);

	@TempDir
	Path folder;

	/** Kills and starts a server so many times; after each, everything said must be there and every reply be whole or go on. */
	final void losesNothing(int kills, long seed, List<String> store) throws IOException, InterruptedException {
		var random = new Random(seed);
		var settings = new ArrayList<>(store);
		settings.add("--corral.replies.lease=2s");
		int interrupted = 0;
		try (var server = new ServerProcess(folder.resolve("server.log"), settings)) {
			for (int kill = 0; kill < kills; kill++) {
				var exchanges = talkUntilKilled(server, random, "seed %d, kill %d".formatted(seed, kill));
				server.start();
				for (var exchange : exchanges) {
					interrupted += check(server, exchange) ? 1 : 0;
				}
			}
		}
		assertThat(interrupted).as("replies that were cut").isPositive();
	}

	private List<Exchange> talkUntilKilled(ServerProcess server, Random random, String name)
			throws InterruptedException {
		var streaming = new CountDownLatch(1);
		var talkers = new ArrayList<Talker>();
		var threads = new ArrayList<Thread>();
		for (int i = 0; i < TALKERS; i++) {
			var talker = new Talker(server, name + ", talker " + i, streaming);
			talkers.add(talker);
			threads.add(Thread.ofVirtual().start(talker));
		}
		assertThat(streaming.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
		// The moment is the point of this test: it must not be one that the server has chosen.
		new CountDownLatch(1).await(random.nextInt(LONGEST_MILLIS_BEFORE_THE_KILL), TimeUnit.MILLISECONDS);
		server.kill();
		for (var thread : threads) {
			thread.join();
		}
		return talkers.stream().flatMap(talker -> talker.exchanges().stream()).toList();
	}

	/** Whether the reply was interrupted. */
	private static boolean check(ServerProcess server, Exchange exchange) throws IOException, InterruptedException {
		assertThat(said(server, exchange)).contains(exchange.said);
		await().atMost(LONGEST).until(() -> !Set.of("queued", "in_progress").contains(status(reply(server, exchange))));
		var reply = reply(server, exchange);
		var content = reply.path("content").stringValue("");
		if (exchange.done) {
			assertThat(status(reply)).isEqualTo("complete");
			assertThat(content).isEqualTo(exchange.text.toString());
			return false;
		}
		assertThat(status(reply)).isIn("complete", "interrupted");
		var told = exchange.text.toString();
		assertThat(content.startsWith(told) || told.startsWith(content)).as("'%s' and '%s'", content, told).isTrue();
		if (status(reply).equals("complete")) {
			return false;
		}
		var continued = send(server, "POST", "/api/replies/" + exchange.reply + "/continue",
				"{\"stream\":false,\"max_tokens\":20}");
		assertThat(status(continued)).isEqualTo("complete");
		assertThat(continued.path("content").stringValue("")).startsWith(content);
		return true;
	}

	private static List<String> said(ServerProcess server, Exchange exchange) throws IOException, InterruptedException {
		var page = send(server, "GET", "/api/conversations/" + exchange.conversation + "/messages?limit=200", "");
		var said = new ArrayList<String>();
		page.path("messages").forEach(message -> {
			if (message.path("id").stringValue("").equals(exchange.message)) {
				said.add(message.path("content").stringValue(""));
			}
		});
		return said;
	}

	private static JsonNode reply(ServerProcess server, Exchange exchange) throws IOException, InterruptedException {
		return send(server, "GET", "/api/replies/" + exchange.reply, "");
	}

	private static String status(JsonNode reply) {
		return reply.path("status").stringValue("");
	}

	private static JsonNode send(ServerProcess server, String method, String path, String body)
			throws IOException, InterruptedException {
		var request = method.equals("GET") ? server.request(path).build() : server.post(path, body);
		var response = server.client().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JSON.readTree(response.body());
	}

}
