package dev.corral.llamacpp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns the bytes of tokens into whole characters: a character's first bytes wait here for its last. */
final class Utf8Assembler {

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.onUnmappableCharacter(CodingErrorAction.REPLACE);

	private byte[] incomplete = {};

	/** The characters that these bytes complete; perhaps none. Bytes that can never become a character give U+FFFD. */
	String append(byte[] bytes) {
		var input = ByteBuffer.allocate(incomplete.length + bytes.length).put(incomplete).put(bytes).flip();
		var output = CharBuffer.allocate(input.remaining());
		decoder.decode(input, output, /* endOfInput= */ false);
		incomplete = new byte[input.remaining()];
		input.get(incomplete);
		return output.flip().toString();
	}

}
