package dev.corral.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Files that must be refused before native code sees them, for the tests of the reader and of the engines. */
public final class BrokenGgufs {

	private static final int TENSOR_COUNT_AT = 8;

	private static final int KEY_COUNT_AT = 16;

	private static final int FIRST_KEY_AT = 24;

	private BrokenGgufs() {
	}

	/** All of them. {@code cria} is the Q8_0 file that ships with the project; it is read, not changed. */
	public static Stream<BrokenGguf> all(Path cria) {
		byte[] bytes;
		try {
			bytes = Files.readAllBytes(cria);
		} catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		return Stream.of(noModels(), damaged(bytes), metadata(), tensors(), models()).flatMap(List::stream);
	}

	private static List<BrokenGguf> noModels() {
		return List.of(new BrokenGguf("missing file", path -> {
		}, "it does not exist"), new BrokenGguf("directory", Files::createDirectory, "it is a directory"),
				BrokenGguf.of("empty file", new byte[0], "it is empty"),
				BrokenGguf.of("three bytes", ascii("GGU"), "the header needs 24 bytes, the file has 3"),
				BrokenGguf.of("HTML page", ascii("\n<!DOCTYPE html><html><body>Sign in</body></html>"),
						"it looks like an HTML page"),
				BrokenGguf.of("Git LFS pointer", ascii("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
						"it looks like a Git LFS pointer"),
				BrokenGguf.of("GGML file", ascii("tjgg\3\0\0\0 and weights and weights"),
						"in the GGML format that came before GGUF"),
				BrokenGguf.of("other magic", ascii("PK\3\4 and the rest of the archive"), "it begins with 'PK??'"));
	}

	private static List<BrokenGguf> damaged(byte[] cria) {
		int tensorTable = indexOf(cria, "token_embd.weight") - Long.BYTES;
		return List.of(
				BrokenGguf.of("truncated in the header", Arrays.copyOf(cria, 20),
						"it is truncated: the header needs 24 bytes, the file has 20"),
				BrokenGguf.of("truncated in the metadata", Arrays.copyOf(cria, 20_000), "it is truncated or damaged"),
				BrokenGguf.of("truncated in the tensor table", Arrays.copyOf(cria, tensorTable + 100),
						"it is truncated or damaged: the entry of the tensor"),
				BrokenGguf.of("truncated at the tensor table", Arrays.copyOf(cria, tensorTable),
						"the length of the name of tensor 0 needs 8 bytes"),
				BrokenGguf.of("truncated in the data", Arrays.copyOf(cria, 100_000),
						"it is truncated: the tensor data needs 3480448 bytes, the file has 100000"),
				BrokenGguf.of("one byte short", Arrays.copyOf(cria, cria.length - 1), "the file has 3480447"),
				BrokenGguf.of("version 0", withInt(cria, 4, 0), "it has GGUF version 0, supported are 2 and 3"),
				BrokenGguf.of("version 1", withInt(cria, 4, 1), "it has GGUF version 1"),
				BrokenGguf.of("version 99", withInt(cria, 4, 99), "it has GGUF version 99"),
				BrokenGguf.of("big-endian", withInt(cria, 4, Integer.reverseBytes(3)), "it is big-endian"),
				BrokenGguf.of("huge tensor count", withLong(cria, TENSOR_COUNT_AT, 1L << 40),
						"it claims 1099511627776 tensors, the limit is 65536"),
				BrokenGguf.of("negative tensor count", withLong(cria, TENSOR_COUNT_AT, -1),
						"it claims 18446744073709551615 tensors"),
				BrokenGguf.of("huge key count", withLong(cria, KEY_COUNT_AT, 1L << 50), "metadata keys, the limit is"),
				BrokenGguf.of("more keys than there are", withLong(cria, KEY_COUNT_AT, 31),
						"the name of tensor 0 claims"),
				BrokenGguf.of("huge key length", withLong(cria, FIRST_KEY_AT, 1L << 62),
						"claims 4611686018427387904 bytes, the limit is 65535"),
				BrokenGguf.of("negative key length", withLong(cria, FIRST_KEY_AT, -8),
						"claims 18446744073709551608 bytes"),
				BrokenGguf.of("huge string length", withLong(cria, valueAt(cria, "general.name"), 1L << 40),
						"the value of 'general.name' claims 1099511627776 bytes"),
				BrokenGguf.of("string beyond the file", withLong(cria, valueAt(cria, "general.name"), 100_000_000),
						"the value of 'general.name' needs 100000000 bytes"),
				BrokenGguf.of("unknown value type", withInt(cria, valueAt(cria, "general.name") - Integer.BYTES, 13),
						"the key 'general.name' has the unknown value type 13"),
				BrokenGguf.of("huge array length",
						withLong(cria, valueAt(cria, "tokenizer.ggml.scores") + Integer.BYTES, 1L << 61),
						"the array 'tokenizer.ggml.scores' claims 2305843009213693952 elements"),
				BrokenGguf.of("negative array length",
						withLong(cria, valueAt(cria, "tokenizer.ggml.tokens") + Integer.BYTES, -1),
						"the array 'tokenizer.ggml.tokens' claims 18446744073709551615 elements"),
				BrokenGguf.of("unknown element type", withInt(cria, valueAt(cria, "tokenizer.ggml.scores"), -1),
						"the unknown value type 4294967295"));
	}

	private static List<BrokenGguf> metadata() {
		var nested = GgufWriter.join(GgufWriter.ints(9), GgufWriter.longs(1), GgufWriter.ints(9), GgufWriter.longs(1));
		return List.of(BrokenGguf.of("nested arrays", small().raw("a", 9, nested), "the array 'a' holds arrays"),
				BrokenGguf.of("duplicate key",
						// The last value ends with a whole pair that the header counts.
						small().raw("last", 4, GgufWriter.join(GgufWriter.ints(0),
								GgufWriter.string("llama.block_count"), GgufWriter.ints(4, 1))).extraKeys(1),
						"the key 'llama.block_count' occurs twice"),
				BrokenGguf.of("key with control characters", small().put("a\0b", 1), "has control characters"),
				BrokenGguf.of("empty key", small().put("", 1), "is blank"),
				BrokenGguf.of("alignment 0", small().put("general.alignment", 0), "general.alignment is 0"),
				BrokenGguf.of("alignment 24", small().put("general.alignment", 24),
						"general.alignment is 24, it must be a power of two"),
				BrokenGguf.of("huge alignment", small().put("general.alignment", 1 << 30),
						"general.alignment is 1073741824"),
				BrokenGguf.of("alignment as a string", small().put("general.alignment", "32"),
						"the value of general.alignment has the type STRING"));
	}

	private static List<BrokenGguf> tensors() {
		return List.of(
				BrokenGguf.of("zero dimension", small().tensor("t", 0, 16576, 4, 0),
						"dimension 1 of the tensor 't' is 0"),
				BrokenGguf.of("negative dimension", small().tensor("t", 0, 16576, -4), "is -4, it must be 1 or more"),
				BrokenGguf.of("no dimensions", small().tensor("t", 0, 16576), "the tensor 't' has 0 dimensions"),
				BrokenGguf.of("five dimensions", small().tensor("t", 0, 16576, 1, 1, 1, 1, 1),
						"has 5 dimensions, it must have 1 to 4"),
				BrokenGguf.of("overflowing dimensions", small().tensor("t", 0, 16576, 1L << 40, 1L << 40),
						"which overflows its size"),
				BrokenGguf.of("overflowing bytes", small().tensor("t", 0, 16576, 1L << 62), "which overflows its size"),
				BrokenGguf.of("overflowing sum",
						small().tensor("t", 0, 16576, 1L << 60).tensor("u", 0, 4611686018427404480L, 1L << 60),
						"overflow the size of a file"),
				BrokenGguf.of("unknown tensor type", small().tensor("t", 4, 16576, 32),
						"the tensor 't' has the unknown type 4"),
				BrokenGguf.of("row of half a block", small().tensor("t", 8, 16576, 48),
						"no multiple of the 32 that a block of Q8_0 holds"),
				BrokenGguf.of("misaligned offset", small().tensor("t", 0, 16580, 4),
						"no multiple of the alignment 32"),
				BrokenGguf.of("overlapping tensors", small().tensor("t", 0, 32, 4), "where it overlaps the one before"),
				BrokenGguf.of("gap between tensors", small().tensor("t", 0, 16608, 4).data(20_000),
						"which leaves a gap"),
				BrokenGguf.of("offset beyond the file", small().tensor("t", 0, 1 << 20, 4),
						"beyond the end of the file"),
				BrokenGguf.of("overflowing offset", small().tensor("t", 0, -32, 4),
						"the offset 18446744073709551584, beyond the end of the file"),
				BrokenGguf.of("duplicate tensor", small().tensor("token_embd.weight", 0, 16576, 4),
						"the tensor 'token_embd.weight' occurs twice"),
				BrokenGguf.of("long tensor name", small().tensor("t".repeat(64), 0, 16576, 4),
						"claims 64 bytes, the limit is 63"),
				BrokenGguf.of("tensor name with a zero byte", small().tensor("t\0", 0, 16576, 4), "control characters"),
				BrokenGguf.of("weights of whole numbers", small().tensor("t", 26, 16576, 4).data(16576 + 16),
						"the type I32, which cannot hold weights"),
				BrokenGguf.of("quantized norm", small().tensor("output_norm.weight", 8, 16576, 32).data(16576 + 34),
						"has the type Q8_0, it must be F32"));
	}

	private static List<BrokenGguf> models() {
		var tokens = Collections.nCopies(300, "");
		var bytesMissing = GgufWriter.withoutTensors(tokens).tensor("token_embd.weight", 0, 0, 16, 300).data(19_200);
		return List.of(without("general.architecture"), without("llama.context_length"),
				without("llama.embedding_length"), without("llama.block_count"), without("llama.attention.head_count"),
				without("tokenizer.ggml.model"), without("tokenizer.ggml.tokens"),
				with("architecture of odd characters", "general.architecture", "../llama", "which names none"),
				with("no blocks", "llama.block_count", 0, "llama.block_count is 0, it must be between 1 and 512"),
				with("too many blocks", "llama.block_count", 513, "llama.block_count is 513"),
				with("no heads", "llama.attention.head_count", 0, "llama.attention.head_count is 0"),
				with("heads that do not share", "llama.attention.head_count_kv", 3, "no multiple of head_count_kv, 3"),
				with("no key-value heads", "llama.attention.head_count_kv", 0, "no multiple of head_count_kv, 0"),
				with("heads of another number of blocks", "llama.attention.head_count", new int[]{2, 2},
						"has 2 values for 1 blocks"),
				with("heads below one element", "llama.attention.head_count", 32, "too small for 32 attention heads"),
				with("no context", "llama.context_length", 0, "llama.context_length is 0"),
				with("context as a string", "llama.context_length", "4096", "has the type STRING"),
				with("odd rotation", "llama.rope.dimension_count", 7, "rope.dimension_count is 7, it must be even"),
				with("partial rotation", "llama.rope.dimension_count", 6, "rope.dimension_count is 6, it must be 8"),
				BrokenGguf.of("blocks of different heads",
						small().put("llama.block_count", 2).put("llama.attention.head_count_kv", new int[]{1, 2}),
						"different numbers of attention heads"),
				with("unknown rope scaling", "llama.rope.scaling.type", "magic", "rope.scaling.type is 'magic'"),
				with("negative epsilon", "llama.attention.layer_norm_rms_epsilon", -1f,
						"is -1.0, it must be at least 0"),
				with("epsilon that is no number", "llama.attention.layer_norm_rms_epsilon", Float.NaN, "is NaN"),
				with("more experts used than there are", "llama.expert_used_count", 2, "expert_used_count is 2"),
				with("groups of no experts", "llama.expert_group_count", 2, "expert_group_count is 2"),
				BrokenGguf.of("groups that do not divide",
						small().put("llama.expert_count", 8).put("llama.expert_used_count", 2)
								.put("llama.expert_group_count", 3).put("llama.expert_group_used_count", 1),
						"expert_group_count is 3 with 1 used and expert_count 8"),
				with("blocks that only predict", "llama.nextn_predict_layers", 1,
						"nextn_predict_layers is 1, it must be below block_count, 1"),
				with("unequal key and value length", "llama.attention.key_length", 16, "they must be equal"),
				with("unknown tokenizer", "tokenizer.ggml.model", "bert", "its tokenizer is 'bert'"),
				with("too few scores", "tokenizer.ggml.scores", new float[258], "scores has 258 values for 259 tokens"),
				with("too few token types", "tokenizer.ggml.token_type", new int[1], "token_type has 1 values"),
				with("eos outside the vocabulary", "tokenizer.ggml.eos_token_id", 259,
						"eos_token_id is 259, outside the vocabulary of 259 tokens"),
				with("huge bos id", "tokenizer.ggml.bos_token_id", -1, "bos_token_id is 4294967295"),
				with("tokens of numbers", "tokenizer.ggml.tokens", new int[259], "259 values of type I32"),
				BrokenGguf.of("repeated token",
						GgufWriter.withoutTensors(List.of("<unk>", "same", "same"))
								.tensor("token_embd.weight", 0, 0, 16, 3)
								.data(192),
						"token 2 has the text 'same' of an earlier token"),
				BrokenGguf.of("tokens that differ behind a zero byte",
						GgufWriter.withoutTensors(List.of("<unk>", "same\0a", "same\0b"))
								.tensor("token_embd.weight", 0, 0, 16, 3).data(192),
						"token 2 has the text 'same?b' of an earlier token"),
				BrokenGguf.of("no byte tokens", bytesMissing, "no token for the byte 0x00"),
				BrokenGguf.of("embedding of another shape",
						small().clearTensors().tensor("token_embd.weight", 0, 0, 16, 258),
						"has the shape [16, 258], embedding length and vocabulary make it [16, 259]"),
				BrokenGguf.of("no embedding", small().clearTensors().tensor("output.weight", 0, 0, 16, 259),
						"it has no tensor token_embd.weight"),
				BrokenGguf.of("vocabulary only", small().clearTensors().data(0), "a vocabulary only"),
				with("LoRA adapter", "general.type", "adapter", "it is a LoRA adapter"),
				with("importance matrix", "general.type", "imatrix", "it holds 'imatrix', not a model"),
				BrokenGguf.of("split model", small().raw("split.count", 2, (byte) 3, (byte) 0),
						"it is one of 3 parts of a split model"));
	}

	private static GgufWriter small() {
		return GgufWriter.smallModel();
	}

	private static BrokenGguf with(String name, String key, Object value, String expected) {
		return BrokenGguf.of(name, small().put(key, value), expected);
	}

	private static BrokenGguf without(String key) {
		return BrokenGguf.of("no " + key, small().remove(key), "its metadata has no " + key);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] withInt(byte[] file, int position, int value) {
		var copy = file.clone();
		ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(position, value);
		return copy;
	}

	private static byte[] withLong(byte[] file, int position, long value) {
		var copy = file.clone();
		ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putLong(position, value);
		return copy;
	}

	/** Where the value of a key begins, behind its type. */
	private static int valueAt(byte[] file, String key) {
		return indexOf(file, key) + key.length() + Integer.BYTES;
	}

	private static int indexOf(byte[] file, String text) {
		int found = new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
		if (found < 0) {
			throw new IllegalArgumentException("no " + text + " in the file");
		}
		return found;
	}

}
