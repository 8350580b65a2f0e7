package dev.corral.generation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.inference.InferenceFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Mono;

/**
 * The replies that this server writes. At shutdown they have {@code corral.replies.drain} to end by themselves; then they are
 * interrupted, and what they have is stored.
 */
@Component
class RunningReplies implements SmartLifecycle, MeterBinder {

	private final RepliesSettings settings;

	private final Map<MessageId, RunningReply> replies = new ConcurrentHashMap<>();

	private volatile boolean open;

	RunningReplies(RepliesSettings settings) {
		this.settings = settings;
	}

	@Nullable
	RunningReply find(MessageId id) {
		return replies.get(id);
	}

	int count() {
		return replies.size();
	}

	/** @throws InferenceFailure.EngineClosed if the server is shutting down */
	void checkOpen() {
		if (!open) {
			throw new InferenceFailure.EngineClosed();
		}
	}

	/** Keeps a reply until its writer has completed or failed. */
	Mono<MessageStatus> keepWhile(RunningReply reply, Function<RunningReply, Mono<MessageStatus>> writer) {
		return Mono.defer(() -> {
			replies.put(reply.id(), reply);
			return writer.apply(reply);
		}).doFinally(_ -> {
			replies.remove(reply.id());
			reply.end();
		});
	}

	@Override
	public void start() {
		open = true;
	}

	@Override
	public boolean isRunning() {
		return open;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		open = false;
		var running = List.copyOf(replies.values());
		var ended = Mono.when(running.stream().map(RunningReply::ended).toList());
		ended.timeout(settings.drain(), Mono.defer(() -> {
			running.forEach(reply -> reply.stop(MessageStatus.INTERRUPTED));
			return ended.timeout(settings.lease(), Mono.empty());
		})).doFinally(_ -> callback.run()).subscribe();
	}

	/** Beside the requests that still run, while the database and the models are there. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("corral.replies.running", replies, Map::size)
				.description("Replies of stored conversations that this server writes").register(registry);
	}

}
