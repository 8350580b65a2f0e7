package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InfillTokens;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/** {@code struct llama_vocab}: a model's tokens. Immutable, safe for any thread, valid while its model is open. */
public final class Vocabulary {

	private final LlamaApi api;

	private final MemorySegment vocab;

	private final int size;

	private final boolean[] endOfGeneration;

	private final byte[][] pieces;

	private final Map<String, Integer> controlTokens = new LinkedHashMap<>();

	Vocabulary(LlamaApi api, MemorySegment vocab) {
		this.api = api;
		this.vocab = vocab;
		size = LlamaApi.call(() -> (int) api.vocabNTokens.invokeExact(vocab));
		endOfGeneration = new boolean[size];
		pieces = new byte[size][];
		try (var arena = Arena.ofConfined()) {
			var buffer = arena.allocate(256);
			for (int token = 0; token < size; token++) {
				readToken(token, buffer);
			}
		}
	}

	private void readToken(int token, MemorySegment buffer) {
		LlamaApi.call(() -> {
			endOfGeneration[token] = (boolean) api.vocabIsEog.invokeExact(vocab, token);
			if ((boolean) api.vocabIsControl.invokeExact(vocab, token)) {
				controlTokens.put(LlamaApi.string((MemorySegment) api.vocabGetText.invokeExact(vocab, token)), token);
			}
			pieces[token] = readPiece(token, buffer);
			return token;
		});
	}

	/** A negative length is the size that the buffer should have had. */
	private byte[] readPiece(int token, MemorySegment buffer) throws Throwable {
		int bytes = (int) api.tokenToPiece.invokeExact(vocab, token, buffer, (int) buffer.byteSize(), 0, false);
		if (bytes >= 0) {
			return buffer.asSlice(0, bytes).toArray(JAVA_BYTE);
		}
		try (var arena = Arena.ofConfined()) {
			return readPiece(token, arena.allocate(-bytes));
		}
	}

	/** Number of tokens; ids are 0 to size - 1. */
	public int size() {
		return size;
	}

	/** Whether a reply ends with this token. */
	public boolean isEndOfGeneration(int token) {
		return endOfGeneration[token];
	}

	/** The bytes a token stands for, perhaps part of a character; none for control tokens. Not to be changed. */
	public byte[] piece(int token) {
		return pieces[token];
	}

	/** Tokens that steer the model and have no text of their own, by the name templates write. */
	public Map<String, Integer> controlTokens() {
		return controlTokens;
	}

	/** The beginning-of-sequence token, or -1 if the vocabulary has none or its prompts begin without it. */
	public int beginOfSequence() {
		return LlamaApi
				.call(() -> (boolean) api.vocabGetAddBos.invokeExact(vocab)
						? (int) api.vocabBos.invokeExact(vocab)
						: -1);
	}

	/** The end-of-sequence token that whole texts end with, or -1 if they end without one. */
	public int endOfSequence() {
		return LlamaApi
				.call(() -> (boolean) api.vocabGetAddEos.invokeExact(vocab)
						? (int) api.vocabEos.invokeExact(vocab)
						: -1);
	}

	/** The tokens to fill in the middle with, or {@code null} if the vocabulary lacks any of them. */
	public @Nullable InfillTokens infillTokens() {
		int prefix = special(api.vocabFimPre);
		int suffix = special(api.vocabFimSuf);
		int middle = special(api.vocabFimMid);
		return prefix < 0 || suffix < 0 || middle < 0 ? null : new InfillTokens(prefix, suffix, middle);
	}

	private int special(MethodHandle which) {
		return LlamaApi.call(() -> (int) which.invokeExact(vocab));
	}

	/** The tokens of plain text: control tokens are not recognised in it, and none are added. */
	public int[] tokenize(String text) {
		if (text.isEmpty()) {
			return new int[0];
		}
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		try (var arena = Arena.ofConfined()) {
			var utf8 = arena.allocateFrom(JAVA_BYTE, bytes);
			// One token takes a byte at least, except for the space that some vocabularies put in front.
			int most = bytes.length + 2;
			var tokens = arena.allocate(JAVA_INT, most);
			int count = LlamaApi.call(() -> (int) api.tokenize.invokeExact(vocab, utf8, bytes.length, tokens, most,
					false, false));
			if (count < 0) {
				throw new IllegalStateException("%d bytes of text became %d tokens".formatted(bytes.length, -count));
			}
			return tokens.asSlice(0, (long) count * Integer.BYTES).toArray(JAVA_INT);
		}
	}

}
