package dev.corral.llamacpp;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.InferenceFailure;

/**
 * The engine thread: the one owner of a context, its scheduler and its sequences. Other threads reach it through commands,
 * which it takes between steps.
 */
final class EngineLoop implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);

	private final BlockingQueue<EngineCommand> commands = new LinkedBlockingQueue<>();

	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	private final Supplier<StepExecutor> openExecutor;

	private final Scheduler.Tokens vocabulary;

	private final int sequences;

	private final int stepTokens;

	private final Duration latencyTarget;

	private final NanoClock clock;

	private volatile EngineLoad load;

	private volatile boolean closed;

	/**
	 * @param openExecutor called once, on the engine thread
	 * @param stepTokens most tokens one step computes
	 * @param latencyTarget how long a step may take while sequences decode
	 */
	EngineLoop(Supplier<StepExecutor> openExecutor, Scheduler.Tokens vocabulary, int sequences, int stepTokens,
			Duration latencyTarget, NanoClock clock) {
		this.openExecutor = openExecutor;
		this.vocabulary = vocabulary;
		this.sequences = sequences;
		this.stepTokens = stepTokens;
		this.latencyTarget = latencyTarget;
		this.clock = clock;
		this.load = new EngineLoad(0, 0, sequences);
	}

	/** Completes when the context is ready, or exceptionally when it could not be made. */
	CompletableFuture<Void> opened() {
		return opened;
	}

	EngineLoad load() {
		return load;
	}

	/** Whether the loop has ended, as it was told to or because it died. */
	boolean closed() {
		return closed;
	}

	/**
	 * Hands a command over.
	 *
	 * @return false if the loop has ended and will not look at it
	 */
	boolean offer(EngineCommand command) {
		commands.add(command);
		// Either the loop sees the command when it empties the queue for the last time, or this takes it back.
		return !closed || !commands.remove(command);
	}

	@Override
	public void run() {
		try (var executor = openExecutor.get()) {
			var scheduler = new Scheduler(sequences, stepTokens, latencyTarget, vocabulary, executor::clear);
			opened.complete(null);
			serve(scheduler, executor);
		} catch (RuntimeException | Error failure) {
			if (!opened.completeExceptionally(failure)) {
				log.error("the engine thread has died", failure);
			}
		} finally {
			closed = true;
			refuseWhatIsLeft();
		}
	}

	private void serve(Scheduler scheduler, StepExecutor executor) {
		InferenceFailure end = new InferenceFailure.EngineClosed();
		try {
			while (takeCommands(scheduler)) {
				step(scheduler, executor);
			}
		} catch (RuntimeException | Error failure) {
			end = new InferenceFailure.DecodeFailed("the engine has stopped");
			throw failure;
		} finally {
			closed = true;
			scheduler.failAll(end);
			load = new EngineLoad(0, 0, sequences);
		}
	}

	/** Waits for a command when there is nothing else to do. Returns false when it is time to end. */
	private boolean takeCommands(Scheduler scheduler) {
		try {
			publishLoad(scheduler);
			var command = scheduler.idle() ? commands.take() : commands.poll();
			for (; command != null; command = commands.poll()) {
				switch (command) {
					case EngineCommand.Submit(Sequence sequence) -> scheduler.submit(sequence);
					case EngineCommand.Cancel(Sequence sequence) -> scheduler.cancel(sequence);
					case EngineCommand.Close() -> {
						return false;
					}
				}
			}
			publishLoad(scheduler);
			return true;
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void publishLoad(Scheduler scheduler) {
		load = new EngineLoad(scheduler.runningCount(), scheduler.waitingCount(), sequences);
	}

	private void step(Scheduler scheduler, StepExecutor executor) {
		var plan = scheduler.plan();
		if (!plan.isEmpty()) {
			long started = clock.nanos();
			var results = executor.execute(plan);
			scheduler.apply(plan, results, started, clock.nanos());
		}
	}

	private void refuseWhatIsLeft() {
		for (var command = commands.poll(); command != null; command = commands.poll()) {
			if (command instanceof EngineCommand.Submit(Sequence sequence)) {
				sequence.fail(new InferenceFailure.EngineClosed());
			}
		}
	}

}
