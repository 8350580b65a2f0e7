package dev.corral.cli.dataset;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes pieces as they come, one a line, in an array or not. */
final class PieceWriter {

	private static final JsonMapper JSON = new JsonMapper();

	private final Writer output;

	private final boolean array;

	private long written;

	PieceWriter(Writer output, boolean array) throws IOException {
		this.output = output;
		this.array = array;
		if (array) {
			output.write("[");
		}
	}

	/** All of them or, if one cannot be written as JSON, none. */
	void write(List<ObjectNode> pieces) throws IOException {
		for (var line : pieces.stream().map(JSON::writeValueAsString).toList()) {
			if (array) {
				output.write(written == 0 ? "\n" : ",\n");
			}
			output.write(line);
			if (!array) {
				output.write('\n');
			}
			written++;
		}
	}

	void end() throws IOException {
		if (array) {
			output.write(written == 0 ? "]\n" : "\n]\n");
		}
		output.flush();
	}

	long written() {
		return written;
	}

}
