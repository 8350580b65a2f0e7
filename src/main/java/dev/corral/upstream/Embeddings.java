package dev.corral.upstream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.corral.upstream.Wire.Target;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/embeddings} of the OpenAI API, with token ids in and little-endian 32-bit numbers in base64 out. */
final class Embeddings {

	/** Around each vector. */
	private static final long ENTRY_BYTES = 256;

	private Embeddings() {
	}

	static Mono<List<float[]>> ask(Connection connection, Target model, List<List<Integer>> inputs) {
		return Mono.defer(() -> connection
				.post("/v1/embeddings", body(model.name(), inputs), mostBytes(model, inputs.size()))
				.map(answer -> read(answer, inputs.size(), model.info().embeddingDimensions())))
				.onErrorMap(Faults::of);
	}

	private static byte[] body(String model, List<List<Integer>> inputs) {
		var body = WireJson.object().put("model", model).put("encoding_format", "base64");
		var texts = body.putArray("input");
		for (var input : inputs) {
			var ids = texts.addArray();
			for (int id : input) {
				ids.add(id);
			}
		}
		return WireJson.write(body);
	}

	private static int mostBytes(Target model, int inputs) {
		long vector = model.info().embeddingDimensions() * 6L + ENTRY_BYTES;
		return Math.toIntExact(Math.min(Integer.MAX_VALUE, (1 << 16) + inputs * vector));
	}

	private static List<float[]> read(byte[] answer, int inputs, int dimensions) {
		var data = WireJson.read(answer).path("data");
		var vectors = new ArrayList<float[]>(inputs);
		for (var entry : data) {
			vectors.add(vector(entry.path("embedding"), dimensions));
		}
		if (vectors.size() != inputs) {
			throw new Unreadable("%d vectors for %d texts".formatted(vectors.size(), inputs));
		}
		return vectors;
	}

	private static float[] vector(JsonNode base64, int dimensions) {
		var numbers = ByteBuffer.wrap(Base64.getDecoder().decode(base64.asString(""))).order(ByteOrder.LITTLE_ENDIAN)
				.asFloatBuffer();
		if (numbers.remaining() != dimensions) {
			throw new Unreadable("a vector of %d numbers".formatted(numbers.remaining()));
		}
		var vector = new float[dimensions];
		numbers.get(vector);
		return vector;
	}

}
