package dev.corral.cli.randommodel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes little-endian values to a channel in order, through one buffer. For the layout see ggml/include/gguf.h. */
final class GgufOutput {

	/** Where each tensor begins is a multiple of it, counted from the beginning of the data. */
	static final int ALIGNMENT = 32;

	private static final int U32 = 4;

	private static final int I32 = 5;

	private static final int F32 = 6;

	private static final int BOOL = 7;

	private static final int STRING = 8;

	private static final int ARRAY = 9;

	private final WritableByteChannel channel;

	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

	private long flushed;

	GgufOutput(WritableByteChannel channel) {
		this.channel = channel;
	}

	void header(int tensors, int keys) throws IOException {
		room(24).put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(tensors).putLong(keys);
	}

	void value(String key, Object value) throws IOException {
		string(key);
		switch (value) {
			case Integer whole -> room(8).putInt(U32).putInt(whole);
			case Float decimal -> room(8).putInt(F32).putFloat(decimal);
			case Boolean flag -> room(5).putInt(BOOL).put((byte) (flag ? 1 : 0));
			case String text -> {
				room(4).putInt(STRING);
				string(text);
			}
			case float[] decimals -> {
				array(F32, decimals.length);
				for (float decimal : decimals) {
					room(4).putFloat(decimal);
				}
			}
			case int[] wholes -> {
				array(I32, wholes.length);
				for (int whole : wholes) {
					room(4).putInt(whole);
				}
			}
			case List<?> texts -> {
				array(STRING, texts.size());
				for (var text : texts) {
					string((String) text);
				}
			}
			default -> throw new IllegalArgumentException("no GGUF type for " + value.getClass());
		}
	}

	/** @param offset from the beginning of the data */
	void tensor(String name, int type, long offset, long[] dimensions) throws IOException {
		string(name);
		room(4).putInt(dimensions.length);
		for (long dimension : dimensions) {
			room(8).putLong(dimension);
		}
		room(12).putInt(type).putLong(offset);
	}

	void align() throws IOException {
		int padding = (int) (-(flushed + buffer.position()) & (ALIGNMENT - 1));
		room(padding).put(new byte[padding]);
	}

	/** The buffer with room for that many bytes, which are at most its capacity. */
	ByteBuffer room(int bytes) throws IOException {
		if (buffer.remaining() < bytes) {
			flush();
		}
		return buffer;
	}

	void flush() throws IOException {
		flushed += buffer.flip().remaining();
		while (buffer.hasRemaining()) {
			channel.write(buffer);
		}
		buffer.clear();
	}

	private void array(int type, int length) throws IOException {
		room(16).putInt(ARRAY).putInt(type).putLong(length);
	}

	private void string(String text) throws IOException {
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		room(Long.BYTES + bytes.length).putLong(bytes.length).put(bytes);
	}

}
