package dev.corral.conversation.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who talks to a server until that is killed, and remembers what the server has taken. */
final class Talker implements Runnable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ServerProcess server;

	private final String name;

	/** Counted down when the first reply comes in. */
	private final CountDownLatch streaming;

	private final List<Exchange> exchanges = new ArrayList<>();

	Talker(ServerProcess server, String name, CountDownLatch streaming) {
		this.server = server;
		this.name = name;
		this.streaming = streaming;
	}

	/** A message that the server has said it has, and what came of the reply before the server was killed. */
	static final class Exchange {

		final String said;

		final String conversation;

		final String message;

		final String reply;

		final StringBuilder text = new StringBuilder();

		boolean done;

		Exchange(String said, JsonNode queued) {
			this.said = said;
			conversation = queued.path("conversation_id").stringValue("");
			message = queued.path("message_id").stringValue("");
			reply = queued.path("reply_id").stringValue("");
		}

	}

	List<Exchange> exchanges() {
		return exchanges;
	}

	@Override
	public void run() {
		try {
			var made = server.client().send(server.post("/api/conversations", "{}"),
					HttpResponse.BodyHandlers.ofString());
			var conversation = JSON.readTree(made.body()).path("id").stringValue("");
			for (int i = 0;; i++) {
				say(conversation, "%s asks for the %d. time: Tell me a short story.".formatted(name, i));
			}
		} catch (IOException | UncheckedIOException killed) {
			// What this waits for.
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void say(String conversation, String text) throws IOException, InterruptedException {
		var response = server.client().send(server.post("/api/conversations/" + conversation + "/messages",
				"{\"content\":\"%s\",\"max_tokens\":400,\"temperature\":1.5}".formatted(text)),
				HttpResponse.BodyHandlers.ofLines());
		var event = new String[]{""};
		try (var lines = response.body()) {
			lines.forEach(line -> {
				if (line.startsWith("event: ")) {
					event[0] = line.substring("event: ".length());
				} else if (line.startsWith("data: ")) {
					accept(text, event[0], JSON.readTree(line.substring("data: ".length())));
				}
			});
		}
	}

	private void accept(String said, String event, JsonNode data) {
		switch (event) {
			case "queued" -> {
				if (exchanges.isEmpty() || exchanges.getLast().done) {
					exchanges.add(new Exchange(said, data));
				}
			}
			case "delta" -> {
				exchanges.getLast().text.append(data.path("content").stringValue(""));
				streaming.countDown();
			}
			case "done", "error" -> exchanges.getLast().done = true;
			default -> {
			}
		}
	}

}
