package dev.corral.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Resumed;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;

/**
 * What the reader of a reply has been told, whichever replicas have generated it, so that it reads as one. Not safe for threads: the
 * events of a reply come one after the other.
 */
final class ReplySoFar {

	/** Whole numbers up to this one are the same in every JSON reader. */
	private static final long MOST_SEED = 1L << 53;

	private final GenerationRequest request;

	private final LongSupplier nanos;

	private final long begunNanos;

	private final List<Integer> tokens = new ArrayList<>();

	private int characters;

	private boolean admitted;

	private @Nullable PromptProcessed prompt;

	private long promptNanos;

	private boolean ended;

	/** @param nanos a monotonic clock */
	ReplySoFar(GenerationRequest request, LongSupplier nanos) {
		this.request = repeatable(request);
		this.nanos = nanos;
		this.begunNanos = nanos.getAsLong();
	}

	/** Only a reply with a seed can go on elsewhere as it would have gone on. */
	private static GenerationRequest repeatable(GenerationRequest request) {
		var sampling = request.sampling();
		return sampling.greedy() || sampling.seed() != null
				? request
				: request.withSampling(sampling.withSeed(ThreadLocalRandom.current().nextLong(MOST_SEED)));
	}

	boolean admitted() {
		return admitted;
	}

	boolean ended() {
		return ended;
	}

	Duration age() {
		return Duration.ofNanos(nanos.getAsLong() - begunNanos);
	}

	/** What the next replica is asked for. */
	GenerationRequest rest() {
		var rest = prompt == null ? request : request.withPromptLogprobs(null);
		if (tokens.isEmpty()) {
			return rest;
		}
		var resumed = request.resumed();
		// The prompt first: the resumed tokens must fit into it.
		return rest.withPromptTokens(promptAndReply())
				.withResumed(new Resumed(resumed.tokens() + tokens.size(), resumed.characters() + characters));
	}

	List<Integer> promptAndReply() {
		return Stream.concat(request.promptTokens().stream(), tokens.stream()).toList();
	}

	/** The event as the reader gets it; {@code null} for what the reader knows already. */
	@Nullable
	GenerationEvent told(GenerationEvent event, boolean moved) {
		return switch (event) {
			case Admitted first -> {
				boolean known = admitted;
				admitted = true;
				yield known ? null : first;
			}
			case PromptProcessed processed -> {
				boolean known = prompt != null;
				if (!known) {
					prompt = processed;
					promptNanos = nanos.getAsLong();
				}
				yield known ? null : processed;
			}
			case TokenDelta delta -> {
				tokens.addAll(delta.tokenIds());
				characters += delta.text().length();
				yield delta;
			}
			case Finished finished -> {
				ended = true;
				yield moved ? asOne(finished) : finished;
			}
			case Failed failed -> {
				ended = true;
				yield moved ? new Failed(failed.failure(), usage()) : failed;
			}
		};
	}

	/** The end that the reader gets where no replica tells one. */
	Failed failed(InferenceFailure failure) {
		ended = true;
		return new Failed(failure, usage());
	}

	/** With what the first replica had cached, and with the time that all have taken. */
	private Finished asOne(Finished last) {
		long now = nanos.getAsLong();
		var queue = last.timings().queue();
		var prefill = Duration.ofNanos((prompt == null ? now : promptNanos) - begunNanos).minus(queue);
		return new Finished(last.reason(),
				new Usage(last.usage().promptTokens(), last.usage().completionTokens(), cachedTokens()),
				new Timings(queue, prefill.isNegative() ? Duration.ZERO : prefill,
						prompt == null ? Duration.ZERO : Duration.ofNanos(now - promptNanos)),
				last.stopSequence(), last.rest());
	}

	private Usage usage() {
		int resumed = request.resumed().tokens();
		return new Usage(request.promptTokens().size() - resumed, resumed + tokens.size(), cachedTokens());
	}

	private int cachedTokens() {
		return prompt == null ? 0 : prompt.cachedTokens();
	}

}
