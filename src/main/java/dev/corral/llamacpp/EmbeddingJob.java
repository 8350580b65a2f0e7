package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import reactor.core.publisher.MonoSink;

/** The texts of one request and what became of them. Its {@link Embedder} hands them out and takes the vectors, one at a time. */
final class EmbeddingJob {

	private final List<int[]> texts;

	private final List<float[]> vectors;

	private final MonoSink<List<float[]>> sink;

	private int next;

	private int missing;

	private volatile boolean dropped;

	/** @param texts at least one */
	EmbeddingJob(List<int[]> texts, MonoSink<List<float[]>> sink) {
		this.texts = texts;
		this.sink = sink;
		vectors = new ArrayList<>(Collections.nCopies(texts.size(), new float[0]));
		missing = texts.size();
	}

	/** Nobody wants it any more. Any thread. */
	void drop() {
		dropped = true;
	}

	/** Whether there is a text that was not handed out. */
	boolean hasNext() {
		return !dropped && next < texts.size();
	}

	/** Tokens of the next text. */
	int nextTokens() {
		return texts.get(next).length;
	}

	/** Hands the next text out. */
	Text take() {
		int index = next++;
		return new Text(this, index, texts.get(index));
	}

	private void done(int index, float[] vector) {
		vectors.set(index, vector);
		missing--;
		if (missing == 0) {
			sink.success(vectors);
		}
	}

	void fail(Throwable failure) {
		drop();
		sink.error(failure);
	}

	/** One text of a job. */
	@SuppressWarnings("ArrayRecordComponent") // only carried from here to there
	record Text(EmbeddingJob job, int index, int[] tokens) {

		void done(float[] vector) {
			job.done(index, vector);
		}

	}

}
