package dev.corral.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the data of server-sent events in the bytes of a stream (WHATWG HTML, section 9.2), as APIs of this kind send them: each in one
 * {@code data:} line. Comments and other fields are skipped. Not safe for threads.
 */
final class EventLines {

	private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final long mostBytes;

	private long bytes;

	/** @param mostBytes of all data together, and so of a line */
	EventLines(long mostBytes) {
		this.mostBytes = mostBytes;
	}

	/**
	 * The data that these bytes complete, without the space that may follow the colon.
	 *
	 * @throws Unreadable if there is more of it than there may be
	 */
	List<byte[]> feed(byte[] more) {
		var complete = new ArrayList<byte[]>();
		int from = 0;
		for (int at = 0; at < more.length; at++) {
			if (more[at] == '\n' || more[at] == '\r') {
				line.write(more, from, at - from);
				from = at + 1;
				end(complete);
			}
		}
		line.write(more, from, more.length - from);
		check(line.size());
		return complete;
	}

	private void end(List<byte[]> complete) {
		var bytes = line.toByteArray();
		line.reset();
		check(bytes.length);
		if (bytes.length < DATA.length || !isData(bytes)) {
			return;
		}
		this.bytes += bytes.length;
		int from = DATA.length < bytes.length && bytes[DATA.length] == ' ' ? DATA.length + 1 : DATA.length;
		complete.add(Arrays.copyOfRange(bytes, from, bytes.length));
	}

	private static boolean isData(byte[] line) {
		return Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
	}

	private void check(long added) {
		if (bytes + added > mostBytes) {
			throw new Unreadable("more than %d bytes for one reply".formatted(mostBytes));
		}
	}

}
