package dev.corral.llamacpp.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class NativeBytesTests {

	/** Several pieces and a bit. */
	private static final int BYTES = (3 << 20) + 17;

	@Test
	void writesAndReadsAllOfIt() throws IOException {
		var content = new byte[BYTES];
		new SplittableRandom(1).nextBytes(content);
		var written = new ByteArrayOutputStream();
		var expected = new CRC32C();
		expected.update(content);

		try (var from = NativeBytes.allocate(BYTES); var to = NativeBytes.allocate(BYTES)) {
			from.put(0, content);
			int crc = from.writeTo(Channels.newChannel(written));
			int readCrc = to.readFrom(Channels.newChannel(new ByteArrayInputStream(written.toByteArray())));

			assertThat(written.toByteArray()).isEqualTo(content);
			assertThat(to.get(0, BYTES)).isEqualTo(content);
			assertThat(crc).isEqualTo((int) expected.getValue()).isEqualTo(readCrc);
		}
	}

	@Test
	void saysWhenThereIsLessThanItNeeds() {
		try (var bytes = NativeBytes.allocate(10)) {
			assertThatExceptionOfType(EOFException.class)
					.isThrownBy(() -> bytes.readFrom(Channels.newChannel(new ByteArrayInputStream(new byte[7]))))
					.withMessage("10 bytes were expected, it ended after 7");
		}
	}

	@Test
	void refusesToBeUsedAfterItWasClosed() {
		var bytes = NativeBytes.allocate(10);
		bytes.close();

		assertThatIllegalStateException().isThrownBy(() -> bytes.get(0, 1));
		assertThatIllegalStateException().isThrownBy(bytes::close);
	}

	@Test
	void refusesWhatNoMachineHas() {
		assertThatIllegalArgumentException().isThrownBy(() -> NativeBytes.allocate(0));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> NativeBytes.allocate(Long.MAX_VALUE))
				.withMessageContaining("9223372036854775807");
	}

}
