package dev.corral.cli.randommodel;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * How matrices are stored, with the ids and block layouts of ggml (ggml-common.h and ggml.h, llama.cpp v0.5.0). Each writes
 * blocks of random weights with mean 0 and a wanted standard deviation.
 */
public enum WeightType {

	/** 32 weights of 4 bits, offset by 8, that share one scale. */
	Q4_0(2, 2, 18) {

		@Override
		void block(ByteBuffer to, double deviation, SplittableRandom random) {
			to.putShort(scale(deviation, SYMMETRIC_NIBBLE_DEVIATION));
			to.putLong(symmetric(random.nextLong()));
			to.putLong(symmetric(random.nextLong()));
		}

	},

	/** 32 weights of 8 bits that share one scale. */
	Q8_0(8, 7, 34) {

		@Override
		void block(ByteBuffer to, double deviation, SplittableRandom random) {
			to.putShort(scale(deviation, BYTE_DEVIATION));
			for (int i = 0; i < BLOCK; i++) {
				to.put((byte) random.nextInt(-127, 128));
			}
		}

	},

	/** Half-precision floating point. */
	F16(1, 1, 64) {

		@Override
		void block(ByteBuffer to, double deviation, SplittableRandom random) {
			for (int i = 0; i < BLOCK; i++) {
				to.putShort(Float.floatToFloat16((float) (random.nextGaussian() * deviation)));
			}
		}

	};

	/** Weights written at a time; rows are multiples of it. */
	static final int BLOCK = 32;

	/** Of a nibble that is uniform from 1 to 15 but twice as often 8, so that its mean is 8. */
	private static final double SYMMETRIC_NIBBLE_DEVIATION = Math.sqrt(17.5);

	/** Of whole numbers uniform from -127 to 127. */
	private static final double BYTE_DEVIATION = Math.sqrt((255.0 * 255 - 1) / 12);

	/** Id of the tensor type. */
	final int id;

	/** {@code general.file_type} of a model that is mostly of this type. */
	final int fileType;

	/** Bytes of {@link #BLOCK} weights. */
	final int blockBytes;

	WeightType(int id, int fileType, int blockBytes) {
		this.id = id;
		this.fileType = fileType;
		this.blockBytes = blockBytes;
	}

	abstract void block(ByteBuffer to, double deviation, SplittableRandom random);

	private static short scale(double deviation, double unscaled) {
		return Float.floatToFloat16((float) (deviation / unscaled));
	}

	/** Replaces each nibble 0 by 8. */
	private static long symmetric(long nibbles) {
		long any = nibbles | nibbles >>> 1;
		any |= any >>> 2;
		return nibbles | (~any & 0x1111_1111_1111_1111L) << 3;
	}

}
