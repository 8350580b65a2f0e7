package dev.corral.conversation.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import tools.jackson.databind.json.JsonMapper;

/** Writes JSON values as lines of a compressed file, and at the end what they must add up to. Used by one thread. */
final class LineOutput {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int BUFFER_BYTES = 65_536;

	private final GZIPOutputStream output;

	private final MessageDigest digest = sha256();

	LineOutput(OutputStream output) throws IOException {
		this.output = new GZIPOutputStream(output, BUFFER_BYTES);
	}

	void line(Object json) throws IOException {
		var bytes = JSON.writeValueAsBytes(json);
		digest.update(bytes);
		digest.update((byte) '\n');
		output.write(bytes);
		output.write('\n');
	}

	/** Writes the checksum; the stream below stays open. */
	void end() throws IOException {
		output.write(JSON.writeValueAsBytes(Map.of(Format.SHA256, HexFormat.of().formatHex(digest.digest()))));
		output.write('\n');
		output.finish();
		output.flush();
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException missing) {
			throw new IllegalStateException(missing);
		}
	}

}
