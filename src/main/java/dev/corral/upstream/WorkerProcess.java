package dev.corral.upstream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.Worker;
import reactor.core.publisher.Mono;

/**
 * A worker in a process that this one starts, and starts again whenever it ends ({@link RestartPauses}). Each life of it is a
 * {@link RemoteWorker} of its own, at another port. One thread watches; read by any.
 */
final class WorkerProcess implements Worker {

	private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

	private final String name;

	private final Launcher launcher;

	private final RestartPauses pauses = new RestartPauses();

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final Thread watch;

	private volatile Life life;

	private volatile int restarts;

	/** @throws IOException if the process cannot be started, which then will not work later either */
	WorkerProcess(String name, Launcher launcher) throws IOException {
		this.name = name;
		this.launcher = launcher;
		this.life = launcher.launch(name);
		this.watch = Thread.ofPlatform().name("corral-" + name).daemon().unstarted(this::watch);
	}

	void start() {
		watch.start();
	}

	private void watch() {
		try {
			while (true) {
				int status = life.process.waitFor();
				life.worker.lost("its process has ended with the status " + status);
				life.worker.close();
				var pause = pauses.after(Duration.between(life.since, Instant.now()));
				if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
					return;
				}
				relaunch();
			}
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void relaunch() {
		restarts++;
		try {
			life = launcher.launch(name);
		} catch (IOException failed) {
			log.error("Worker {} cannot be started again", name, failed);
		}
		if (stopping.getCount() == 0) {
			// It was to end in this very moment, and the new process does not know.
			end(life.process);
		}
	}

	/** Has the process end by itself, once its replies have ended. */
	void stop() {
		stopping.countDown();
		end(life.process);
	}

	private static void end(Process process) {
		try {
			process.getOutputStream().close();
		} catch (IOException gone) {
			log.debug("It has ended by itself", gone);
		}
	}

	/** Waits for its end; kills it when time is up. */
	void awaitEnd(Duration longest) throws InterruptedException {
		if (!life.process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
			log.warn("Worker {} does not end, and is killed", name);
			life.process.destroyForcibly();
		}
		watch.join(longest.toMillis());
	}

	/** That of now. */
	Process process() {
		return life.process;
	}

	@Override
	public int restarts() {
		return restarts;
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public Kind kind() {
		return Kind.PROCESS;
	}

	@Override
	public List<RemoteModel> models() {
		return life.worker.models();
	}

	@Override
	public Instant startedAt() {
		return life.since;
	}

	@Override
	public boolean draining() {
		return stopping.getCount() == 0 || life.worker.draining();
	}

	/** Of its present life: the next one takes requests. */
	@Override
	public Mono<Void> drain(boolean draining) {
		return Mono.defer(() -> life.worker.drain(draining));
	}

	/** Starts worker processes. */
	interface Launcher {

		Life launch(String name) throws IOException;

	}

	/**
	 * From one start to the next end.
	 *
	 * @param worker is looked at already
	 */
	record Life(Process process, RemoteWorker worker, Instant since) {
	}

}
