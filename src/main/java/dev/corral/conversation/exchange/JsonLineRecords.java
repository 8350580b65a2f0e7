package dev.corral.conversation.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records that are lines. Empty ones are no records; a bad one does not harm the next. */
final class JsonLineRecords extends JsonRecords {

	private final JsonMapper mapper;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private boolean tooLong;

	JsonLineRecords(InputStream input, ExchangeLimits limits) {
		super(input, limits);
		mapper = mapper(limits);
	}

	@Override
	public @Nullable JsonRecord next() {
		while (readLine()) {
			if (tooLong) {
				return new JsonRecord.Unreadable(++number,
						"it is longer than %d bytes".formatted(limits.recordBytes()));
			}
			if (!line.toString(StandardCharsets.ISO_8859_1).isBlank()) {
				return parse(++number);
			}
		}
		return null;
	}

	private JsonRecord parse(long number) {
		try {
			return mapper.readTree(line.toByteArray()) instanceof ObjectNode object
					? new JsonRecord.Read(number, object)
					: new JsonRecord.Unreadable(number, "it is no JSON object");
		} catch (JacksonException invalid) {
			return new JsonRecord.Unreadable(number, "it is no JSON: " + JsonProblems.text(invalid));
		}
	}

	/** @return whether there was one */
	private boolean readLine() {
		line.reset();
		tooLong = false;
		try {
			int next = input.read();
			if (next < 0) {
				return false;
			}
			while (next >= 0 && next != '\n') {
				if (line.size() < limits.recordBytes()) {
					line.write(next);
				} else {
					tooLong = true;
				}
				next = input.read();
			}
			return true;
		} catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@Override
	public boolean array() {
		return false;
	}

}
