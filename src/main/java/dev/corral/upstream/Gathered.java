package dev.corral.upstream;

import java.io.ByteArrayOutputStream;

/** Bytes of an answer, up to a bound. */
final class Gathered {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final int most;

	Gathered(int most) {
		this.most = most;
	}

	/** @throws Unreadable if there are too many */
	void add(byte[] more) {
		if (bytes.size() + more.length > most) {
			throw new Unreadable("an answer of more than %d bytes".formatted(most));
		}
		bytes.writeBytes(more);
	}

	byte[] bytes() {
		return bytes.toByteArray();
	}

}
