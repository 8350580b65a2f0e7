package dev.corral.generation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Hooks;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class OffEventLoopTests {

	@Test
	void runsElsewhereAndPassesOnWhatComesOfIt() {
		StepVerifier.create(OffEventLoop.call(() -> Schedulers.isInNonBlockingThread())).expectNext(false)
				.verifyComplete();
		StepVerifier.create(OffEventLoop.call(() -> {
			throw new IllegalStateException("broken");
		})).verifyErrorMessage("broken");
	}

	@Test
	void dropsNoErrorWhenTheSubscriberHasGone() throws InterruptedException {
		var dropped = Sinks.many().replay().<Throwable>all();
		var running = new CountDownLatch(1);
		var gone = new CountDownLatch(1);
		var worker = new CompletableFuture<Thread>();
		Hooks.onErrorDropped(dropped::tryEmitNext);
		try {
			var subscription = OffEventLoop.call(() -> {
				running.countDown();
				awaitUninterruptibly(gone);
				worker.complete(Thread.currentThread());
				throw new IllegalStateException("late");
			}).subscribe();
			assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

			subscription.dispose();
			gone.countDown();

			var thread = worker.orTimeout(10, TimeUnit.SECONDS).join();
			// It looks for other work when it has done with this.
			await().until(() -> thread.getState() != Thread.State.RUNNABLE);
			assertThat(dropped.tryEmitComplete().isSuccess()).isTrue();
			StepVerifier.create(dropped.asFlux()).verifyComplete();
		} finally {
			Hooks.resetOnErrorDropped();
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean done = false;
		while (!done) {
			try {
				done = latch.await(10, TimeUnit.SECONDS);
			} catch (InterruptedException cancelled) {
				// The subscriber has gone; the work goes on, as work does that looks after no interrupts.
			}
		}
	}

}
