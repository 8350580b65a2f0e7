package dev.corral.llamacpp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.InferenceFailure;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Turns texts into vectors on a thread and a context of its own. Both are made when the first text comes, and stay until it is closed:
 * who never asks for a vector does not pay for the context.
 *
 * <p>The texts of all waiting requests are computed in turns, one of each, as many in a call as fit.
 */
final class Embedder implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Embedder.class);

	private final String name;

	private final Supplier<TextVectors> open;

	private final int batchTokens;

	private final int queueLimit;

	/** Those with texts left, in the order of their turns. Guarded by this object, as all below. */
	private final Deque<EmbeddingJob> waiting = new ArrayDeque<>();

	private @Nullable Thread thread;

	private boolean closed;

	/**
	 * @param name of the model
	 * @param open makes the context, on the embedder's thread
	 * @param batchTokens most tokens of one call
	 * @param queueLimit most requests that wait
	 */
	Embedder(String name, Supplier<TextVectors> open, int batchTokens, int queueLimit) {
		this.name = name;
		this.open = open;
		this.batchTokens = batchTokens;
		this.queueLimit = queueLimit;
	}

	/**
	 * The vectors of these texts, in order, computed when subscribed to. Cancelling drops those that are not being computed yet.
	 *
	 * @param texts at least one, each with at least one token and no more than the window
	 */
	Mono<List<float[]>> embed(List<int[]> texts) {
		// The next ones are computed while somebody writes these out.
		return Mono.<List<float[]>>create(sink -> submit(new EmbeddingJob(texts, sink), sink))
				.publishOn(Schedulers.boundedElastic());
	}

	private void submit(EmbeddingJob job, MonoSink<List<float[]>> sink) {
		var refusal = enter(job);
		if (refusal != null) {
			sink.error(refusal);
			return;
		}
		sink.onCancel(job::drop);
	}

	private synchronized @Nullable InferenceFailure enter(EmbeddingJob job) {
		waiting.removeIf(other -> !other.hasNext());
		if (closed) {
			return new InferenceFailure.EngineClosed();
		}
		// One is being computed.
		if (waiting.size() > queueLimit) {
			return new InferenceFailure.QueueFull(queueLimit);
		}
		waiting.add(job);
		if (thread == null) {
			thread = Thread.ofPlatform().daemon().name("llama-embedder-" + name).start(this::run);
		}
		notifyAll();
		return null;
	}

	private void run() {
		InferenceFailure end = new InferenceFailure.EngineClosed();
		try (var vectors = open.get()) {
			for (var texts = nextTexts(); !texts.isEmpty(); texts = nextTexts()) {
				compute(texts, vectors);
			}
		} catch (RuntimeException | Error failure) {
			log.error("the embedder of model {} has ended", name, failure);
			end = new InferenceFailure.DecodeFailed(
					"the context for embeddings is not usable: " + failure.getMessage());
		}
		for (var job : takeAll()) {
			job.fail(end);
		}
	}

	private static void compute(List<EmbeddingJob.Text> texts, TextVectors vectors) {
		try {
			var computed = vectors.compute(texts.stream().map(EmbeddingJob.Text::tokens).toList());
			for (int i = 0; i < texts.size(); i++) {
				texts.get(i).done(computed.get(i));
			}
		} catch (InferenceFailure failure) {
			fail(texts, failure);
		} catch (RuntimeException | Error failure) {
			fail(texts, new InferenceFailure.DecodeFailed("the embedder has stopped"));
			throw failure;
		}
	}

	private static void fail(List<EmbeddingJob.Text> texts, InferenceFailure failure) {
		texts.stream().map(EmbeddingJob.Text::job).distinct().forEach(job -> job.fail(failure));
	}

	/** Waits for texts: one of each request in turn, while they fit into a call. None when it is time to end. */
	private synchronized List<EmbeddingJob.Text> nextTexts() {
		var texts = new ArrayList<EmbeddingJob.Text>();
		int left = batchTokens;
		while (texts.isEmpty() && !closed) {
			for (var job = waiting.poll(); job != null; job = waiting.poll()) {
				if (job.hasNext()) {
					if (!texts.isEmpty() && (job.nextTokens() > left || texts.size() == TextVectors.MOST_TEXTS)) {
						waiting.addFirst(job);
						break;
					}
					left -= job.nextTokens();
					texts.add(job.take());
					waiting.add(job);
				}
			}
			if (texts.isEmpty()) {
				await();
			}
		}
		return texts;
	}

	private void await() {
		try {
			wait();
		} catch (InterruptedException interrupted) {
			closed = true;
			Thread.currentThread().interrupt();
		}
	}

	/** What is left when the thread ends; the next request starts another one. */
	private synchronized List<EmbeddingJob> takeAll() {
		var left = List.copyOf(waiting);
		waiting.clear();
		thread = null;
		return left;
	}

	/** Fails what is left and frees the context, once the call in progress has ended. */
	@Override
	public void close() throws InterruptedException {
		Thread running;
		synchronized (this) {
			closed = true;
			notifyAll();
			running = thread;
		}
		if (running != null) {
			running.join();
		}
	}

}
