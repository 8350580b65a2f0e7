package dev.corral.cli.bench;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Collects what is seen of one reply. Written by the thread that receives and read by the one that waits. */
final class ReplyRecorder {

	private final Call call;

	private final Runnable onDelta;

	private final StringBuilder text = new StringBuilder();

	private final long sent = System.nanoTime();

	private long[] arrivals = new long[64];

	private int deltas;

	private long ended;

	private boolean finished;

	private boolean hungUp;

	private int promptTokens = Sample.UNKNOWN;

	private int cachedTokens = Sample.UNKNOWN;

	private int completionTokens = Sample.UNKNOWN;

	private @Nullable Failure failure;

	/** Made at the moment of sending. */
	ReplyRecorder(Call call, Runnable onDelta) {
		this.call = call;
		this.onDelta = onDelta;
	}

	/** @param now when it arrived; empty texts do not count */
	synchronized void delta(String delta, long now) {
		if (delta.isEmpty() || hungUp) {
			return;
		}
		if (deltas == arrivals.length) {
			arrivals = Arrays.copyOf(arrivals, 2 * deltas);
		}
		arrivals[deltas++] = now;
		text.append(delta);
		if (deltas == call.hangUpAfter()) {
			hungUp = true;
			ended = now;
		}
		onDelta.run();
	}

	/** The reply is complete; usage may follow. */
	synchronized void finished(long now) {
		if (!finished && !hungUp) {
			finished = true;
			ended = now;
		}
	}

	synchronized void usage(int promptTokens, int cachedTokens, int completionTokens) {
		this.promptTokens = promptTokens;
		this.cachedTokens = cachedTokens;
		this.completionTokens = completionTokens;
	}

	/** The first failure stays, and none counts after the reply is complete. */
	synchronized void failed(Failure failure) {
		if (this.failure == null && !finished && !hungUp) {
			this.failure = failure;
			ended = System.nanoTime();
		}
	}

	/** Whether nothing more is wanted: this side hangs up, or what came is no use. */
	synchronized boolean over() {
		return hungUp || failure != null;
	}

	synchronized Sample sample() {
		failed(new Failure(Failure.BROKEN_STREAM, "the reply ended without a finish reason"));
		return new Sample(call.group(), sent, Arrays.copyOf(arrivals, deltas), ended, promptTokens, cachedTokens,
				completionTokens == Sample.UNKNOWN ? deltas : completionTokens, text.toString(), hungUp, failure);
	}

}
