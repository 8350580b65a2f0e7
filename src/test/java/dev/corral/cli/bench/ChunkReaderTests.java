package dev.corral.cli.bench;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkReaderTests {

	private static final String STREAM = ": ping\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"Grüße 🐎\"}}]}\r\n\r\n"
			+ "data:{\"choices\":[{\"delta\":{\"content\":null},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

	private final ReplyRecorder reply = new ReplyRecorder(Call.of("group", "Hi", 1, 1), () -> {
	});

	private final ChunkReader reader = new ChunkReader(reply);

	@Test
	void readsEventsWhereverTheBytesAreCut() {
		long now = System.nanoTime();
		for (byte next : STREAM.getBytes(StandardCharsets.UTF_8)) {
			reader.accept(new byte[]{next}, now++);
		}

		assertThat(reply.sample().complete()).isTrue();
		assertThat(reply.sample().text()).isEqualTo("Grüße 🐎");
		assertThat(reply.sample().arrivals()).hasSize(1);
	}

	@Test
	void givesDeltasOfOneReadOneTime() {
		var delta = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
		reader.accept((delta + delta).getBytes(StandardCharsets.UTF_8), 17);

		assertThat(reply.sample().arrivals()).containsExactly(17, 17);
	}

	@Test
	void boundsTheLengthOfALine() {
		var part = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 17; i++) {
			reader.accept(part, 0);
		}

		assertThat(reply.over()).isTrue();
		assertThat(reply.sample().failure()).isEqualTo(new Failure(Failure.MALFORMED,
				"not a chunk of a chat completion: a line of more than 1048576 bytes"));
	}

}
