package dev.corral.access.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Random secrets of 256 bits, and the hashes by which they are found again. A plain SHA-256 is enough for these: there are too many of them to
 * be tried, which slow hashes make expensive for words that people choose. Looking one up by its hash takes the same time however
 * much of it is right.
 */
public final class Secret {

	/** Makes a key easy to recognise, for people and for programs that look for secrets in texts. */
	static final String KEY_PREFIX = "corral-";

	private static final int BYTES = 32;

	private static final Pattern KEY = Pattern.compile(KEY_PREFIX + "[A-Za-z0-9_-]{43}");

	private static final SecureRandom RANDOM = new SecureRandom();

	private Secret() {
	}

	static String newKey() {
		return KEY_PREFIX + newToken();
	}

	static String newToken() {
		var bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** Whether this may be a key that was made here. Clients send all sorts of things as keys to servers that ask for none. */
	public static boolean looksLikeKey(String text) {
		return KEY.matcher(text).matches();
	}

	/** SHA-256 of the text in UTF-8, in 64 hexadecimal digits. */
	public static String hash(String secret) {
		try {
			return HexFormat.of().formatHex(
					MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
		} catch (NoSuchAlgorithmException missing) {
			throw new IllegalStateException(missing);
		}
	}

}
