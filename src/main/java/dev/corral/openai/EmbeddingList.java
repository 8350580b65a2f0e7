package dev.corral.openai;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.corral.generation.TextEmbedding.Vectors;

/** {@code CreateEmbeddingResponse} of the OpenAI API. */
record EmbeddingList(String object, List<Entry> data, String model, EmbeddingUsage usage) {

	static EmbeddingList of(EmbeddingRequest request, Vectors vectors) {
		var entries = new ArrayList<Entry>(vectors.all().size());
		for (var vector : vectors.all()) {
			entries.add(new Entry("embedding", entries.size(), request.base64() ? base64(vector) : vector));
		}
		return new EmbeddingList("list", entries, request.model(),
				new EmbeddingUsage(vectors.promptTokens(), vectors.promptTokens()));
	}

	private static String base64(float[] vector) {
		var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(vector);
		return Base64.getEncoder().encodeToString(bytes.array());
	}

	/**
	 * {@code Embedding} of the OpenAI API.
	 *
	 * @param embedding an array of numbers, or what {@code encoding_format} asks for
	 */
	record Entry(String object, int index, Object embedding) {
	}

	record EmbeddingUsage(int promptTokens, int totalTokens) {
	}

}
