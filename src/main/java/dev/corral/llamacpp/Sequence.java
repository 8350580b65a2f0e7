package dev.corral.llamacpp;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;

/**
 * One generation as the scheduler sees it: a row of tokens of which the first {@link #computed()} are in the key-value cache.
 * Prefill and decode are the same thing, catching up with the row; whenever it is caught up, one more token is sampled.
 *
 * <p>Owned by the engine thread from the moment it is submitted; nothing here is safe for any other.
 */
final class Sequence {

	private static final int NO_SLOT = -1;

	private final int promptTokens;

	private final int maxTokens;

	private final Sampler sampler;

	private final ReplyText text;

	private final Consumer<GenerationEvent> events;

	private final Runnable ended;

	private final long submittedNanos;

	private int[] tokens;

	private int length;

	private int computed;

	private int slot = NO_SLOT;

	private SequenceState state = SequenceState.QUEUED;

	private long startedNanos;

	private long firstTokenNanos;

	/**
	 * @param contextTokens most tokens the sequence may hold; the prompt must be shorter
	 * @param sampler for this request
	 * @param events where its events go, on the engine thread
	 * @param ended called once when it has ended in whatever way, after its last event
	 */
	Sequence(GenerationRequest request, int contextTokens, Sampler sampler, Consumer<GenerationEvent> events,
			Runnable ended, long submittedNanos) {
		tokens = request.promptTokens().stream().mapToInt(Integer::intValue).toArray();
		length = tokens.length;
		promptTokens = length;
		maxTokens = promptTokens + Math.min(request.maxCompletionTokens(), contextTokens - promptTokens);
		this.sampler = sampler;
		text = new ReplyText(request.stopSequences());
		this.events = events;
		this.ended = ended;
		this.submittedNanos = submittedNanos;
	}

	SequenceState state() {
		return state;
	}

	/** Tokens of prompt and reply so far. */
	int length() {
		return length;
	}

	/** How many of them, from the first, are in the key-value cache. */
	int computed() {
		return computed;
	}

	int token(int position) {
		return tokens[position];
	}

	/** The slot it occupies while it runs. */
	int slot() {
		return slot;
	}

	Sampler sampler() {
		return sampler;
	}

	void start(int slot, long nanos) {
		state = state.to(SequenceState.PREFILL);
		this.slot = slot;
		startedNanos = nanos;
	}

	/** Notes that the tokens up to here are in the key-value cache. */
	void computedTo(int position) {
		computed = position;
	}

	/**
	 * Takes a sampled token: appends it, emits what became final, and finishes if this was the last.
	 *
	 * @param endOfGeneration whether the vocabulary says that a reply ends here
	 * @param piece the token's bytes
	 */
	void accept(SampledToken token, boolean endOfGeneration, byte[] piece, long nanos) {
		if (state == SequenceState.PREFILL) {
			firstTokenNanos = nanos;
			events.accept(new GenerationEvent.PromptProcessed(promptTokens, 0));
		}
		append(token.id());
		if (endOfGeneration) {
			emit(text.flush());
			finish(FinishReason.STOP, nanos);
			return;
		}
		emit(text.append(token, piece));
		if (text.stopped()) {
			finish(FinishReason.STOP, nanos);
		} else if (length == maxTokens) {
			emit(text.flush());
			finish(FinishReason.LENGTH, nanos);
		} else if (state == SequenceState.PREFILL) {
			state = state.to(SequenceState.DECODE);
		}
	}

	void fail(InferenceFailure failure) {
		state = state.to(SequenceState.FAILED);
		events.accept(new GenerationEvent.Failed(failure, usage()));
		ended.run();
	}

	/** Ends it without a word: whoever listened has gone. */
	void cancel() {
		state = state.to(SequenceState.CANCELLED);
		ended.run();
	}

	private void append(int token) {
		if (length == tokens.length) {
			tokens = Arrays.copyOf(tokens, Math.min(maxTokens, length + Math.max(64, length / 2)));
		}
		tokens[length++] = token;
	}

	private void emit(GenerationEvent.@Nullable TokenDelta delta) {
		if (delta != null) {
			events.accept(delta);
		}
	}

	private void finish(FinishReason reason, long nanos) {
		state = state.to(SequenceState.FINISHED);
		var timings = new Timings(Duration.ofNanos(startedNanos - submittedNanos),
				Duration.ofNanos(firstTokenNanos - startedNanos), Duration.ofNanos(nanos - firstTokenNanos));
		events.accept(new GenerationEvent.Finished(reason, usage(), timings));
		ended.run();
	}

	private Usage usage() {
		return new Usage(promptTokens, length - promptTokens, 0);
	}

}
