package dev.corral.openai;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.openai.FakeEngineApplication.FakeEngineFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server that shuts down while it answers. */
class DrainIntegrationTests {

	@Test
	void endsTheRepliesThatRunAndTakesNoFurtherRequests() throws IOException {
		var context = new SpringApplicationBuilder(FakeEngineApplication.class).run("--server.port=0",
				"--spring.jmx.enabled=false");
		int port = Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
		context.getBean(FakeEngineFactory.class).awaitModels();
		var rest = Sinks.many().unicast().<GenerationEvent>onBackpressureBuffer();
		context.getBean(FakeEngine.class).answer(Flux.concat(FakeEngine.begun(), rest.asFlux()));

		try (var running = RawClient.post(port, HttpContract.CHAT, HttpContract.STREAM);
				var open = RawClient.open(port)) {
			running.readUntil("\"role\":\"assistant\"");
			open.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(open.readResponse().status()).isEqualTo(200);

			var closed = CompletableFuture.runAsync(context::close);
			await().atMost(Duration.ofSeconds(10)).until(() -> refusesConnections(port));

			assertThat(open.isClosed()).isTrue();
			rest.tryEmitNext(FakeEngine.delta("late"));
			rest.tryEmitNext(FakeEngine.finished(FinishReason.STOP));
			assertThat(running.readUntil("[DONE]")).contains("late", "\"stop\"");
			closed.join();
		}
	}

	private static boolean refusesConnections(int port) throws IOException {
		try (var _ = RawClient.open(port)) {
			return false;
		} catch (ConnectException refused) {
			return true;
		}
	}

}
