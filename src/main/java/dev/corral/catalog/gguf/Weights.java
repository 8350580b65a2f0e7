package dev.corral.catalog.gguf;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the tensors of a model amount to.
 *
 * @param tensors number of tensors
 * @param parameters number of weights
 * @param mainType the type that most bytes of them are stored in, for example {@code Q8_0}
 */
public record Weights(int tensors, long parameters, String mainType) {

	private static final String EMBEDDING = "token_embd.weight";

	static Weights read(String architecture, TensorTable table, Hyperparameters shape, Vocabulary vocabulary) {
		var embedding = table.tensors().get(EMBEDDING);
		if (embedding == null) {
			throw Flaw.of("it has no tensor %s", EMBEDDING);
		}
		var expected = List.of((long) shape.embeddingLength(), (long) vocabulary.tokens());
		if (!embedding.dimensions().equals(expected)) {
			throw Flaw.of("the tensor %s has the shape %s, embedding length and vocabulary make it %s", EMBEDDING,
					embedding.dimensions(), expected);
		}
		var all = table.tensors().values();
		all.forEach(tensor -> checkType(architecture, tensor));
		var bytesByType = all.stream()
				.collect(Collectors.groupingBy(Tensor::type, Collectors.summingLong(Tensor::bytes)));
		var mainType = bytesByType.entrySet().stream().max(Comparator.comparing(entry -> entry.getValue()))
				.orElseThrow().getKey();
		return new Weights(all.size(), all.stream().mapToLong(Tensor::elements).sum(), mainType.name());
	}

	/** The runtime aborts in the middle of a step when an operation meets a type that it has no code for. */
	private static void checkType(String architecture, Tensor tensor) {
		// Some architectures keep indices in a tensor; LLaMA does not.
		boolean index = tensor.type() == TensorType.I32 && !architecture.equals("llama");
		if (!tensor.type().forWeights() && !index) {
			throw Flaw.of("the tensor %s has the type %s, which cannot hold weights", Flaw.quoted(tensor.name()),
					tensor.type());
		}
		if (tensor.name().endsWith("_norm.weight") && tensor.type() != TensorType.F32) {
			throw Flaw.of("the tensor %s has the type %s, it must be F32", Flaw.quoted(tensor.name()), tensor.type());
		}
	}

}
