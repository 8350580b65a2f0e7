package dev.corral.cli.randommodel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A GGUF file of the LLaMA architecture with random weights. Norms are ones and matrices keep the variance of what they multiply, so
 * activations stay in range at any depth; the logits of pieces have a standard deviation of {@value #LOGIT_DEVIATION}, which makes
 * tokens as unequal as a trained model finds them, and those of control and byte tokens are 0, so that replies hardly ever end by
 * themselves and are whole characters. The same shape and seed give the same file.
 */
public final class RandomModel {

	private static final double LOGIT_DEVIATION = 2;

	private static final int F32 = 0;

	private final ModelShape shape;

	private final long seed;

	private final List<Matrix> tensors;

	/**
	 * @param rows 0 for a vector of ones
	 * @param zeroRows so many rows at the beginning are 0
	 */
	private record Matrix(String name, int columns, int rows, double deviation, int zeroRows) {

		long bytes(WeightType type) {
			return rows == 0
					? (long) columns * Float.BYTES
					: (long) columns / WeightType.BLOCK * rows * type.blockBytes;
		}

	}

	private RandomModel(ModelShape shape, long seed) {
		this.shape = shape;
		this.seed = seed;
		this.tensors = tensors(shape);
	}

	/**
	 * Replaces the file if it exists.
	 *
	 * @return number of weights
	 * @throws IOException if the file cannot be written; what was written is removed
	 */
	public static long write(Path file, ModelShape shape, long seed) throws IOException {
		var model = new RandomModel(shape, seed);
		var metadata = ModelMetadata.of(shape, seed);
		try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			model.write(metadata, new GgufOutput(channel), file);
		}
		return model.tensors.stream().mapToLong(matrix -> (long) matrix.columns * Math.max(1, matrix.rows)).sum();
	}

	private void write(Map<String, Object> metadata, GgufOutput output, Path file) throws IOException {
		try {
			preamble(metadata, output);
			for (int i = 0; i < tensors.size(); i++) {
				output.align();
				weights(tensors.get(i), new SplittableRandom(seed * 31 + i), output);
			}
			output.align();
			output.flush();
		} catch (IOException failure) {
			Files.deleteIfExists(file);
			throw failure;
		}
	}

	private void preamble(Map<String, Object> metadata, GgufOutput output) throws IOException {
		output.header(tensors.size(), metadata.size());
		for (var pair : metadata.entrySet()) {
			output.value(pair.getKey(), pair.getValue());
		}
		long offset = 0;
		for (var matrix : tensors) {
			boolean vector = matrix.rows == 0;
			output.tensor(matrix.name, vector ? F32 : shape.type().id, offset,
					vector ? new long[]{matrix.columns} : new long[]{matrix.columns, matrix.rows});
			offset += (matrix.bytes(shape.type()) + GgufOutput.ALIGNMENT - 1) & -GgufOutput.ALIGNMENT;
		}
	}

	private void weights(Matrix matrix, SplittableRandom random, GgufOutput output) throws IOException {
		for (int i = 0; matrix.rows == 0 && i < matrix.columns; i++) {
			output.room(Float.BYTES).putFloat(1);
		}
		int blocksPerRow = matrix.columns / WeightType.BLOCK;
		for (int row = 0; row < matrix.rows; row++) {
			double deviation = row < matrix.zeroRows ? 0 : matrix.deviation;
			for (int i = 0; i < blocksPerRow; i++) {
				ByteBuffer room = output.room(shape.type().blockBytes);
				shape.type().block(room, deviation, random);
			}
		}
	}

	private static List<Matrix> tensors(ModelShape shape) {
		int width = shape.width();
		double deviation = 1 / Math.sqrt(width);
		// Each block adds twice to the residual stream; all of them together as much as the embedding brings.
		double share = 1 / Math.sqrt(2.0 * shape.layers());
		var tensors = new ArrayList<Matrix>();
		tensors.add(new Matrix("token_embd.weight", width, shape.vocabulary(), 1, 0));
		tensors.add(new Matrix("output_norm.weight", width, 0, 0, 0));
		tensors.add(new Matrix("output.weight", width, shape.vocabulary(), LOGIT_DEVIATION * deviation,
				RandomVocabulary.FIRST_PIECE));
		for (int i = 0; i < shape.layers(); i++) {
			var block = "blk." + i + ".";
			tensors.add(new Matrix(block + "attn_norm.weight", width, 0, 0, 0));
			tensors.add(new Matrix(block + "attn_q.weight", width, width, deviation, 0));
			tensors.add(new Matrix(block + "attn_k.weight", width, shape.keyWidth(), deviation, 0));
			tensors.add(new Matrix(block + "attn_v.weight", width, shape.keyWidth(), deviation, 0));
			tensors.add(new Matrix(block + "attn_output.weight", width, width, share * deviation, 0));
			tensors.add(new Matrix(block + "ffn_norm.weight", width, 0, 0, 0));
			tensors.add(new Matrix(block + "ffn_gate.weight", width, shape.feedForward(), deviation, 0));
			tensors.add(new Matrix(block + "ffn_up.weight", width, shape.feedForward(), deviation, 0));
			tensors.add(new Matrix(block + "ffn_down.weight", shape.feedForward(), width,
					share / Math.sqrt(shape.feedForward()), 0));
		}
		return tensors;
	}

}
