package dev.corral.web;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** What a token stands for, as APIs write it beside its log-probability. */
public final class TokenBytes {

	private TokenBytes() {
	}

	/** As a text, U+FFFD standing for parts of characters. */
	public static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/** As numbers from 0 to 255; {@code null} for control tokens, which stand for no text. */
	public static int @Nullable [] unsigned(byte[] bytes) {
		if (bytes.length == 0) {
			return null;
		}
		var unsigned = new int[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			unsigned[i] = Byte.toUnsignedInt(bytes[i]);
		}
		return unsigned;
	}

}
