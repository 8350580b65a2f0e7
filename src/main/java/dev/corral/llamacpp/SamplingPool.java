package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Samples the sequences of a step side by side: the engine thread and a few helpers each take the next one until none is left. They
 * work while ggml's threads, which share the cores, have nothing to do.
 */
final class SamplingPool implements AutoCloseable {

	/** With fewer logits in all, waking a helper takes longer than it saves. */
	private static final int WORTH_SHARING = 1 << 16;

	/** Reading logits is bound by memory, so more helpers do not help. */
	private static final int MOST_HELPERS = 3;

	private final int vocabularyTokens;

	/** The engine thread's comes first, then one for each helper. */
	private final List<Workspace> workspaces;

	private final ExecutorService helpers;

	/**
	 * @param threads how many may work at once, the engine thread included
	 */
	SamplingPool(int vocabularyTokens, int threads) {
		this.vocabularyTokens = vocabularyTokens;
		int helperCount = Math.clamp(threads - 1, 0, MOST_HELPERS);
		workspaces = IntStream.rangeClosed(0, helperCount).mapToObj(_ -> new Workspace(vocabularyTokens)).toList();
		helpers = Executors.newFixedThreadPool(Math.max(1, helperCount),
				Thread.ofPlatform().daemon().name("llama-sampler-", 0).factory());
	}

	/**
	 * Does all tasks and returns when the last is done.
	 *
	 * @throws IllegalStateException if a task threw anything on a helper
	 */
	void run(int tasks, Task task) {
		int threads = (long) tasks * vocabularyTokens < WORTH_SHARING ? 1 : Math.min(tasks, workspaces.size());
		var next = new AtomicInteger();
		var others = new ArrayList<Future<?>>(threads - 1);
		for (int i = 1; i < threads; i++) {
			var workspace = workspaces.get(i);
			others.add(helpers.submit(() -> work(next, tasks, task, workspace)));
		}
		work(next, tasks, task, workspaces.getFirst());
		others.forEach(SamplingPool::await);
	}

	private static void work(AtomicInteger next, int tasks, Task task, Workspace workspace) {
		for (int index = next.getAndIncrement(); index < tasks; index = next.getAndIncrement()) {
			task.run(index, workspace);
		}
	}

	private static void await(Future<?> other) {
		try {
			other.get();
		} catch (ExecutionException failure) {
			throw new IllegalStateException("sampling failed", failure.getCause());
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while sampling", interrupted);
		}
	}

	@Override
	public void close() {
		helpers.shutdown();
	}

	/** Samples one sequence. */
	@FunctionalInterface
	interface Task {

		void run(int index, Workspace workspace);

	}

	/** Room to sample one sequence at a time: a value for each token of the vocabulary. */
	@SuppressWarnings("ArrayRecordComponent") // it is the arrays that are wanted
	record Workspace(float[] logits, int[] candidates) {

		Workspace(int vocabularyTokens) {
			this(new float[vocabularyTokens], new int[vocabularyTokens]);
		}

	}

}
