package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds the tokens in which one of some texts ends, also when it began in tokens before. */
final class SequenceBreakers {

	private final List<byte[]> breakers;

	private final int longest;

	/** The end of the text so far, as much as a breaker may have begun in. */
	private byte[] tail = {};

	SequenceBreakers(List<String> breakers) {
		this(breakers.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList(), new byte[0]);
	}

	private SequenceBreakers(List<byte[]> breakers, byte[] tail) {
		this.breakers = breakers;
		this.longest = breakers.stream().mapToInt(breaker -> breaker.length).max().orElse(1);
		this.tail = tail;
	}

	SequenceBreakers copy() {
		// The tail is replaced, never changed.
		return new SequenceBreakers(breakers, tail);
	}

	/** Whether a breaker ends in the next token; one without text is a breaker itself. */
	boolean endIn(byte[] piece) {
		var text = Arrays.copyOf(tail, tail.length + piece.length);
		System.arraycopy(piece, 0, text, tail.length, piece.length);
		boolean found = piece.length == 0;
		for (int end = tail.length + 1; end <= text.length && !found; end++) {
			found = endsAt(text, end);
		}
		tail = Arrays.copyOfRange(text, Math.max(0, text.length - longest + 1), text.length);
		return found;
	}

	private boolean endsAt(byte[] text, int end) {
		for (var breaker : breakers) {
			int begin = end - breaker.length;
			if (begin >= 0 && Arrays.equals(text, begin, end, breaker, 0, breaker.length)) {
				return true;
			}
		}
		return false;
	}

}
