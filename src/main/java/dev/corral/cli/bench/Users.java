package dev.corral.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs what users do, each on a virtual thread of its own. */
final class Users {

	private static final double NANOS_PER_SECOND = 1e9;

	private Users() {
	}

	/** Starts all at the same moment and waits for all. */
	static void together(List<Callable<?>> users) throws InterruptedException {
		var start = new CountDownLatch(1);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var running = users.stream().<Future<?>>map(user -> threads.submit(() -> {
				start.await();
				return user.call();
			})).toList();
			start.countDown();
			join(running);
		}
	}

	/** Starts them by a Poisson process, whatever became of those before, and waits for all. */
	static void arriving(List<Callable<?>> users, double rate, SplittableRandom random) throws InterruptedException {
		var waiting = users.iterator();
		arriving(waiting::hasNext, waiting::next, rate, random);
	}

	/** As many as come while there are more. */
	static void arriving(BooleanSupplier more, Supplier<Callable<?>> users, double rate,
			SplittableRandom random) throws InterruptedException {
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var running = new ArrayList<Future<?>>();
			long next = System.nanoTime();
			while (more.getAsBoolean()) {
				running.add(threads.submit(users.get()));
				running.removeIf(Users::succeeded);
				next += (long) (-Math.log1p(-random.nextDouble()) / rate * NANOS_PER_SECOND);
				pause(Duration.ofNanos(next - System.nanoTime()));
			}
			join(running);
		}
	}

	/** Blocks the thread for this long; not at all if it is negative. */
	static void pause(Duration duration) {
		if (duration.isPositive()) {
			CompletableFuture.runAsync(() -> {
			}, CompletableFuture.delayedExecutor(duration.toNanos(), TimeUnit.NANOSECONDS)).join();
		}
	}

	private static boolean succeeded(Future<?> user) {
		return user.state() == Future.State.SUCCESS;
	}

	private static void join(List<Future<?>> running) throws InterruptedException {
		for (var user : running) {
			result(user);
		}
	}

	/** What a user came back with; what it threw is a defect of the workload or the target and thrown here. */
	static <T> T result(Future<T> user) throws InterruptedException {
		try {
			return user.get();
		} catch (ExecutionException failure) {
			throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
		}
	}

}
