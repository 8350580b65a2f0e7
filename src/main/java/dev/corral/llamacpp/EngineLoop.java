package dev.corral.llamacpp;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.WorkStatistics;

/**
 * The engine thread: the one owner of a context, its scheduler and its sequences. Other threads reach it through commands,
 * which it takes between steps.
 */
final class EngineLoop implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);

	/** How often it looks whether a stored prefix has been read, or a request has waited too long, while nothing runs. */
	private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

	/** How often it looks after the store while it is idle. */
	private static final Duration SETTLE = Duration.ofSeconds(1);

	/** A step comes at the latest after so many moves: whatever placing may find to do, running replies go on. */
	private static final int MOST_MOVES = 1024;

	private final BlockingQueue<EngineCommand> commands = new LinkedBlockingQueue<>();

	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	private final Supplier<StepExecutor> openExecutor;

	private final Supplier<Drafter> openDrafter;

	private final Scheduler.Tokens vocabulary;

	private final SchedulerOptions options;

	private final StateStore store;

	private final NanoClock clock;

	private final DraftCounters drafts = new DraftCounters();

	private volatile EngineLoad load;

	/** Tokens of running sequences in the key-value cache. */
	private volatile int runningTokens;

	private volatile CacheStatistics.Context cacheUse = CacheStatistics.Context.NONE;

	private volatile WorkStatistics work = WorkStatistics.NONE;

	private volatile boolean closed;

	/**
	 * @param openExecutor called once, on the engine thread
	 * @param openDrafter the same
	 * @param store the loop's to close
	 */
	EngineLoop(Supplier<StepExecutor> openExecutor, Supplier<Drafter> openDrafter, Scheduler.Tokens vocabulary,
			SchedulerOptions options, StateStore store, NanoClock clock) {
		this.store = store;
		this.openDrafter = openDrafter;
		this.openExecutor = openExecutor;
		this.vocabulary = vocabulary;
		this.options = options;
		this.clock = clock;
		this.load = new EngineLoad(0, 0, options.slots());
	}

	/** Completes when the context is ready, or exceptionally when it could not be made. */
	CompletableFuture<Void> opened() {
		return opened;
	}

	/** @param cells of the key-value cache */
	EngineLoad load(int cells) {
		var now = load;
		// Sequences that share a beginning are each counted with it, and together have at most all there is.
		return new EngineLoad(now.running(), now.waiting(), now.sequences(),
				Math.min(1, runningTokens / (double) cells));
	}

	EngineLoad load() {
		return load;
	}

	CacheStatistics cache() {
		return new CacheStatistics(cacheUse, store.memoryStatistics(), store.diskStatistics());
	}

	WorkStatistics work() {
		return work;
	}

	DraftStatistics drafts() {
		return drafts.read();
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
		try (var executor = openExecutor.get(); var drafter = openDrafter.get()) {
			var scheduler = new Scheduler(options, vocabulary, executor, store, drafter, drafts);
			opened.complete(null);
			serve(scheduler, executor, drafter);
		} catch (RuntimeException | Error failure) {
			if (!opened.completeExceptionally(failure)) {
				log.error("the engine thread has died", failure);
			}
		} finally {
			closed = true;
			refuseWhatIsLeft();
			store.close();
		}
	}

	private void serve(Scheduler scheduler, StepExecutor executor, Drafter drafter) {
		InferenceFailure end = new InferenceFailure.EngineClosed();
		try {
			boolean progress = true;
			while (takeCommands(scheduler, progress)) {
				progress = step(scheduler, executor, drafter);
			}
			scheduler.failAll(end);
			scheduler.saveForLater();
		} catch (RuntimeException | Error failure) {
			end = new InferenceFailure.DecodeFailed("the engine has stopped");
			throw failure;
		} finally {
			closed = true;
			scheduler.failAll(end);
			load = new EngineLoad(0, 0, options.slots());
			runningTokens = 0;
			cacheUse = scheduler.cacheUse().emptied();
			work = scheduler.work();
		}
	}

	/**
	 * Waits for a command when there is nothing else to do. Returns false when it is time to end.
	 *
	 * @param progress whether the last step did anything; if not, all sequences wait for something
	 */
	private boolean takeCommands(Scheduler scheduler, boolean progress) {
		try {
			publishLoad(scheduler);
			for (var command = next(scheduler, progress); command != null; command = commands.poll()) {
				switch (command) {
					case EngineCommand.Submit(Sequence sequence) -> scheduler.submit(sequence);
					case EngineCommand.Cancel(Sequence sequence) -> scheduler.cancel(sequence);
					case EngineCommand.Close() -> {
						return false;
					}
				}
			}
			return true;
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private @Nullable EngineCommand next(Scheduler scheduler, boolean progress) throws InterruptedException {
		if (scheduler.idle()) {
			var command = commands.poll();
			while (command == null) {
				store.settle();
				command = commands.poll(SETTLE.toMillis(), TimeUnit.MILLISECONDS);
			}
			return command;
		}
		return progress ? commands.poll() : commands.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void publishLoad(Scheduler scheduler) {
		load = new EngineLoad(scheduler.runningCount(), scheduler.waitingCount(), options.slots());
		runningTokens = scheduler.runningTokens();
		cacheUse = scheduler.cacheUse();
		work = scheduler.work();
	}

	/** Returns whether there was anything to do. */
	private boolean step(Scheduler scheduler, StepExecutor executor, Drafter drafter) {
		scheduler.expire(clock.nanos());
		int moves = 0;
		for (var move = scheduler.nextMove(); move != null && moves < MOST_MOVES; move = scheduler.nextMove()) {
			scheduler.apply(move, clock.nanos());
			moves++;
		}
		publishLoad(scheduler);
		var plan = scheduler.plan();
		if (!plan.isEmpty()) {
			var filled = scheduler.fill(plan, drafter.draft(plan.drafting()));
			scheduler.apply(filled, executor.execute(filled), clock.nanos());
		}
		return moves > 0 || !plan.isEmpty();
	}

	private void refuseWhatIsLeft() {
		for (var command = commands.poll(); command != null; command = commands.poll()) {
			if (command instanceof EngineCommand.Submit(Sequence sequence)) {
				sequence.fail(new InferenceFailure.EngineClosed());
			}
		}
	}

}
