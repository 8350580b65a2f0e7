package dev.corral.catalog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes GGUF files as told, right or wrong. Starts from a small model that is sound. */
public final class GgufWriter {

	private final Map<String, byte[]> values = new LinkedHashMap<>();

	private final List<byte[]> tensors = new ArrayList<>();

	private int version = 3;

	private long extraKeys;

	private int dataBytes;

	private GgufWriter() {
	}

	/** A LLaMA of one block whose only tensor is the embedding, 16 wide, of 259 tokens. */
	public static GgufWriter smallModel() {
		var tokens = Stream
				.concat(Stream.of("<unk>", "<s>", "</s>"), IntStream.range(0, 256).mapToObj("<0x%02X>"::formatted))
				.toList();
		return withoutTensors(tokens).tensor("token_embd.weight", 0, 0, 16, tokens.size()).data(16 * tokens.size() * 4);
	}

	public static GgufWriter withoutTensors(List<String> tokens) {
		return new GgufWriter().put("general.architecture", "llama").put("llama.context_length", 128)
				.put("llama.embedding_length", 16).put("llama.block_count", 1).put("llama.attention.head_count", 2)
				.put("llama.attention.head_count_kv", 1).put("llama.attention.layer_norm_rms_epsilon", 1e-5f)
				.put("tokenizer.ggml.model", "llama").put("tokenizer.ggml.tokens", tokens)
				.put("tokenizer.ggml.scores", new float[tokens.size()])
				.put("tokenizer.ggml.token_type", new int[tokens.size()]).put("tokenizer.ggml.bos_token_id", 1)
				.put("tokenizer.ggml.eos_token_id", 2);
	}

	public GgufWriter version(int version) {
		this.version = version;
		return this;
	}

	/** Replaces or adds a value, with the type that converters give it. */
	public GgufWriter put(String key, Object value) {
		return switch (value) {
			case Integer whole -> raw(key, 4, ints(whole));
			case Float decimal -> raw(key, 6, ints(Float.floatToRawIntBits(decimal)));
			case Boolean flag -> raw(key, 7, (byte) (flag ? 1 : 0));
			case String text -> raw(key, 8, string(text));
			case int[] wholes -> raw(key, 9, join(ints(5), longs(wholes.length), ints(wholes)));
			case float[] decimals -> raw(key, 9,
					join(ints(6), longs(decimals.length), new byte[decimals.length * Float.BYTES]));
			case List<?> texts -> raw(key, 9, join(ints(8), longs(texts.size()),
					join(texts.stream().map(text -> string((String) text)).toArray(byte[][]::new))));
			default -> throw new IllegalArgumentException(value.toString());
		};
	}

	/** A value as raw bytes behind its type id. */
	public GgufWriter raw(String key, int type, byte... payload) {
		values.put(key, join(ints(type), payload));
		return this;
	}

	public GgufWriter remove(String key) {
		values.remove(key);
		return this;
	}

	/** Claims this many more keys than there are. */
	public GgufWriter extraKeys(long extraKeys) {
		this.extraKeys = extraKeys;
		return this;
	}

	public GgufWriter clearTensors() {
		tensors.clear();
		return this;
	}

	public GgufWriter tensor(String name, int type, long offset, long... dimensions) {
		tensors.add(join(string(name), ints(dimensions.length), longs(dimensions), ints(type), longs(offset)));
		return this;
	}

	/** Bytes of the data section, all zero. */
	public GgufWriter data(int dataBytes) {
		this.dataBytes = dataBytes;
		return this;
	}

	public byte[] bytes() {
		var pairs = values.entrySet().stream().map(pair -> join(string(pair.getKey()), pair.getValue()))
				.toArray(byte[][]::new);
		var preamble = join("GGUF".getBytes(StandardCharsets.US_ASCII), ints(version),
				longs(tensors.size(), values.size() + extraKeys), join(pairs),
				join(tensors.toArray(byte[][]::new)));
		return join(preamble, new byte[-preamble.length & 31], new byte[dataBytes]);
	}

	public static byte[] string(String text) {
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		return join(longs(bytes.length), bytes);
	}

	public static byte[] ints(int... values) {
		var buffer = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asIntBuffer().put(values);
		return buffer.array();
	}

	public static byte[] longs(long... values) {
		var buffer = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asLongBuffer().put(values);
		return buffer.array();
	}

	public static byte[] join(byte[]... parts) {
		var joined = new ByteArrayOutputStream();
		for (var part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

}
