package dev.corral.contextwindow;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;

/** A vocabulary in which every three bytes are a token, perhaps with a space in front of the first, as some vocabularies have it. */
record WholeBytes(boolean spaceInFront) implements Tokenizer {

	@Override
	public List<Integer> tokenize(List<PromptSegment> segments, boolean bos) {
		var text = segments.stream().map(PromptSegment::text).collect(Collectors.joining());
		byte[] bytes = ((spaceInFront ? " " : "") + text).getBytes(StandardCharsets.UTF_8);
		var tokens = new ArrayList<Integer>();
		for (int i = 0; i < bytes.length; i += 3) {
			int token = 0;
			for (int j = i; j < Math.min(i + 3, bytes.length); j++) {
				token = token << 8 | bytes[j] & 0xff;
			}
			tokens.add(token);
		}
		return tokens;
	}

	@Override
	public String detokenize(List<Integer> tokens) {
		var bytes = new ByteArrayOutputStream();
		tokens.forEach(token -> bytes.writeBytes(piece(token)));
		return bytes.toString(StandardCharsets.UTF_8);
	}

	@Override
	public byte[] piece(int token) {
		int length = token > 0xffff ? 3 : token > 0xff ? 2 : 1;
		byte[] piece = new byte[length];
		for (int i = 0; i < length; i++) {
			piece[i] = (byte) (token >> 8 * (length - 1 - i));
		}
		return piece;
	}

}
