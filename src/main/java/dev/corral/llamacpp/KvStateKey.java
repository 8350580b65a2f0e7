package dev.corral.llamacpp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What must be the same for one engine to continue from a state that another has saved.
 *
 * @param modelFingerprint of {@link ModelFingerprint}
 * @param runtimeBuild the release of llama.cpp
 * @param format everything else that the state depends on: cache types, flash attention, adapters, context parameters; only compared
 */
record KvStateKey(String modelFingerprint, String runtimeBuild, String format) {

	/** The SHA-256 of all three, each with its length in front. */
	byte[] digest() {
		var sha = Sha256.create();
		for (var part : List.of(modelFingerprint, runtimeBuild, format)) {
			var bytes = part.getBytes(StandardCharsets.UTF_8);
			sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
			sha.update(bytes);
		}
		return sha.digest();
	}

	/** The name of the folder that holds this key's states: the digest in hexadecimal. */
	String folderName() {
		return HexFormat.of().formatHex(digest());
	}

	/** Whether a digest is this key's. */
	boolean hasDigest(byte[] digest) {
		return MessageDigest.isEqual(digest, digest());
	}

}
