package dev.corral.conversation.backup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link LineOutput} has written, and holds it to its checksum. Used by one thread. */
final class LineInput {

	/** Far more than any row has, so that a hostile file cannot fill the memory with one line. */
	private static final int MAX_LINE_BYTES = 64 << 20;

	private static final int BUFFER_BYTES = 65_536;

	private static final JsonMapper JSON = new JsonMapper();

	private final InputStream input;

	private final MessageDigest digest = LineOutput.sha256();

	/** @throws BackupUnusable if it is not compressed as backups are */
	LineInput(InputStream input) throws IOException {
		try {
			this.input = new BufferedInputStream(new GZIPInputStream(input, BUFFER_BYTES), BUFFER_BYTES);
		} catch (ZipException | EOFException other) {
			throw new BackupUnusable("This is no backup of Corral.", other);
		}
	}

	/**
	 * The next line, which counts for the checksum; {@code null} for the last one, whose checksum was right.
	 *
	 * @throws BackupUnusable if it is damaged or cut off
	 */
	@Nullable
	JsonNode line() throws IOException {
		try {
			var bytes = bytes();
			var json = JSON.readTree(bytes);
			if (json.has(Format.SHA256)) {
				end(json.path(Format.SHA256).stringValue(""));
				return null;
			}
			digest.update(bytes);
			digest.update((byte) '\n');
			return json;
		} catch (ZipException | JacksonException damage) {
			throw new BackupUnusable("The backup is damaged.", damage);
		} catch (EOFException end) {
			throw new BackupUnusable("The backup is cut off; nothing of it can be relied upon.", end);
		}
	}

	private byte[] bytes() throws IOException {
		var line = new ByteArrayOutputStream();
		for (int next = input.read(); next != '\n'; next = input.read()) {
			if (next < 0) {
				throw new EOFException();
			}
			if (line.size() == MAX_LINE_BYTES) {
				throw new BackupUnusable("The backup is damaged: a line is too long.");
			}
			line.write(next);
		}
		return line.toByteArray();
	}

	private void end(String expected) throws IOException {
		if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
			throw new BackupUnusable("The backup is damaged: its checksum is another one.");
		}
		if (input.read() >= 0) {
			throw new BackupUnusable("The backup is damaged: something follows its end.");
		}
	}

}
