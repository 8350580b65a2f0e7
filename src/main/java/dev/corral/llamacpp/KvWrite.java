package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.corral.llamacpp.internal.NativeBytes;

/**
 * A state on its way to the disk. The payload must stay open until {@link #done} completes, which it always does: with the file, or
 * with nothing if the state was not written. The engine thread makes and cancels it, the disk's writer completes it.
 */
final class KvWrite {

	private final String tenant;

	private final int[] tokens;

	private final NativeBytes payload;

	private final long lastUsedMillis;

	private final CompletableFuture<Optional<KvDiskFiles.Stored>> done = new CompletableFuture<>();

	private volatile boolean cancelled;

	/**
	 * @param tokens not to be changed
	 * @param lastUsedMillis when the state was used last, by the wall clock
	 */
	KvWrite(String tenant, int[] tokens, NativeBytes payload, long lastUsedMillis) {
		this.tenant = tenant;
		this.tokens = tokens;
		this.payload = payload;
		this.lastUsedMillis = lastUsedMillis;
	}

	String tenant() {
		return tenant;
	}

	int[] tokens() {
		return tokens;
	}

	NativeBytes payload() {
		return payload;
	}

	long lastUsedMillis() {
		return lastUsedMillis;
	}

	CompletableFuture<Optional<KvDiskFiles.Stored>> done() {
		return done;
	}

	/** Asks the writer to stop, or not to begin. */
	void cancel() {
		cancelled = true;
	}

	boolean cancelled() {
		return cancelled;
	}

	/** The channel, which throws {@link WriteCancelled} from when this is cancelled. */
	WritableByteChannel cancellable(WritableByteChannel channel) {
		return new WritableByteChannel() {

			@Override
			public int write(ByteBuffer bytes) throws IOException {
				if (cancelled) {
					throw new WriteCancelled();
				}
				return channel.write(bytes);
			}

			@Override
			public boolean isOpen() {
				return channel.isOpen();
			}

			@Override
			public void close() throws IOException {
				channel.close();
			}

		};
	}

	/** Nobody wants the state any more. */
	static final class WriteCancelled extends IOException {
	}

}
