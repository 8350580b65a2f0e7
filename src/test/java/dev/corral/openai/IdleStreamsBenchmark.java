package dev.corral.openai;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of streams that say a word now and then, in one server of little memory. The model is a script, so that only the server is measured; the
 * clients are in the same heap. For docs/benchmarks/pool.md; run with
 * {@code mvn -Pbenchmark test -Dtest=IdleStreamsBenchmark "-Dtest.jvm.arguments=--enable-native-access=ALL-UNNAMED -Xmx512m"}.
 */
@Tag("benchmark")
@TestPropertySource(properties = {"corral.access.required=false", "corral.store.url=h2:mem:${random.uuid}"})
class IdleStreamsBenchmark extends HttpContract {

	private static final int STREAMS = 5000;

	private static final int WORDS = 6;

	private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

	private static final byte[] END = "data: [DONE]".getBytes(StandardCharsets.US_ASCII);

	/** One client. */
	private static final class Client {

		/** How much of the end of a stream has been seen in a row. */
		private int matched;

		private boolean ended;

		private void read(ByteBuffer bytes) {
			while (bytes.hasRemaining()) {
				byte next = bytes.get();
				matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
				if (matched == END.length) {
					ended = true;
					matched = 0;
				}
			}
		}

	}

	@Test
	void holdsThousandsOfStreamsThatSayLittle() throws IOException {
		engine.load(new EngineLoad(0, 0, STREAMS));
		engine.answer(_ -> Flux.concat(FakeEngine.begun(),
				Flux.interval(BETWEEN_WORDS).take(WORDS).map(word -> FakeEngine.delta(" word" + word)),
				Flux.<GenerationEvent>just(FakeEngine.finished(FinishReason.STOP))));
		long before = heap();
		long cpuBefore = cpu();
		long begun = System.nanoTime();
		try (var selector = Selector.open()) {
			for (int i = 0; i < STREAMS; i++) {
				open(selector);
			}
			double opened = (System.nanoTime() - begun) / 1e9;
			long most = 0;
			int generating = 0;
			int ended = 0;
			long measured = System.nanoTime();
			var buffer = ByteBuffer.allocateDirect(65536);
			while (ended < STREAMS) {
				selector.select(1000);
				for (var key : selector.selectedKeys()) {
					ended += read(key, buffer) ? 1 : 0;
				}
				selector.selectedKeys().clear();
				if (System.nanoTime() - measured > BETWEEN_WORDS.toNanos()) {
					most = Math.max(most, heap());
					generating = Math.max(generating, engine.generating());
					measured = System.nanoTime();
				}
			}
			System.out.printf(
					"%d streams, %d of them at once, opened in %.1f s; heap of at most %d MiB: %.0f MiB before, %.0f MiB after a collection among them, %.1f kB each; %.1f s of CPU in %.0f s%n",
					STREAMS, generating, opened, Runtime.getRuntime().maxMemory() >> 20, before / 1048576.0,
					most / 1048576.0, (most - before) / 1024.0 / STREAMS, (cpu() - cpuBefore) / 1e9,
					(System.nanoTime() - begun) / 1e9);
			assertThat(generating).isEqualTo(STREAMS);
		}
	}

	private void open(Selector selector) throws IOException {
		var body = STREAM.getBytes(StandardCharsets.UTF_8);
		var head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
				.formatted(CHAT, body.length);
		var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
		channel.write(ByteBuffer.wrap(body));
		channel.configureBlocking(false);
		channel.register(selector, SelectionKey.OP_READ, new Client());
	}

	/** @return whether the stream has ended */
	private static boolean read(SelectionKey key, ByteBuffer buffer) throws IOException {
		var channel = (SocketChannel) key.channel();
		var client = (Client) key.attachment();
		int read = channel.read(buffer.clear());
		client.read(buffer.flip());
		if (client.ended) {
			channel.close();
			return true;
		}
		if (read < 0) {
			throw new IOException("A stream without an end");
		}
		return false;
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
				.getProcessCpuTime();
	}

}
