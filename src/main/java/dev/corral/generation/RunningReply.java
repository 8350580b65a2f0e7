package dev.corral.generation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.StoredMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * A reply that this server writes, as its readers see it. One thread at a time may change it; any number may read.
 */
final class RunningReply {

	/** Two threads seldom tell of changes at once, and neither takes long. */
	private static final Duration LONGEST_EMISSION = Duration.ofSeconds(10);

	private final StoredMessage opened;

	private final String model;

	/** Guarded by itself. */
	private final ReplyState state;

	/** Says that something is new; whoever comes later is told at once. */
	private final Sinks.Many<Boolean> changes = Sinks.many().replay().latest();

	private final Sinks.Empty<Void> stop = Sinks.empty();

	private volatile MessageStatus stoppedAs = MessageStatus.STOPPED;

	private final Sinks.Empty<Void> ended = Sinks.empty();

	/** @param model who writes it */
	RunningReply(StoredMessage opened, String model) {
		this.opened = opened;
		this.model = model;
		this.state = new ReplyState(opened.message().content());
	}

	MessageId id() {
		return opened.id();
	}

	/** The reply as the store had it before this server wrote. */
	StoredMessage opened() {
		return opened;
	}

	String model() {
		return model;
	}

	@Nullable
	WindowReport window() {
		synchronized (state) {
			return state.windowReport();
		}
	}

	void change(Consumer<ReplyState> change) {
		synchronized (state) {
			change.accept(state);
		}
		changes.emitNext(true, EmitFailureHandler.busyLooping(LONGEST_EMISSION));
	}

	String text() {
		synchronized (state) {
			return state.text();
		}
	}

	/** What comes after a place, until the reply has ended; what a slow reader has not taken is told as one. */
	Flux<ReplyStep> read(ReplyEventId after) {
		return Flux.defer(() -> {
			var reader = new ReplyReader(after);
			return changes.asFlux().onBackpressureLatest().concatMapIterable(_ -> next(reader), 1)
					.takeUntil(ReplyReader::last);
		});
	}

	private List<ReplyStep> next(ReplyReader reader) {
		synchronized (state) {
			return reader.next(state);
		}
	}

	/**
	 * Asks the writer to end the reply as it is; when that is done, {@link #ended} completes.
	 *
	 * @param as the status that it then has, unless it comes to its own end before
	 */
	void stop(MessageStatus as) {
		stoppedAs = as;
		stop.tryEmitEmpty();
	}

	MessageStatus stoppedAs() {
		return stoppedAs;
	}

	Mono<Void> stopped() {
		return stop.asMono();
	}

	/** Nothing more will change, and all is stored. */
	void end() {
		ended.tryEmitEmpty();
	}

	Mono<Void> ended() {
		return ended.asMono();
	}

}
