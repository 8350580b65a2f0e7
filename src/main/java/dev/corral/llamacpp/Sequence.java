package dev.corral.llamacpp;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.llamacpp.internal.NativeBytes;

/**
 * One generation as the scheduler sees it: a row of tokens of which the first {@link #computed()} are in the key-value cache.
 * Prefill and decode are the same thing, catching up with the row; whenever it is caught up, one more token is sampled.
 *
 * <p>Owned by the engine thread from the moment it is submitted; nothing here is safe for any other.
 */
final class Sequence {

	/** The highest priority first, then the oldest. */
	static final Comparator<Sequence> BY_RANK = Comparator.comparingInt(Sequence::priority)
			.reversed()
			.thenComparingLong(sequence -> sequence.number);

	/** A sequence that lags behind its row by more than this is prefilled, also in the middle of its reply. */
	private static final int MOST_TO_DECODE = 32;

	private static final int NO_SLOT = -1;

	/** More tokens than any sequence has. */
	static final int ALL = Integer.MAX_VALUE;

	private final String tenant;

	private final boolean slidesCache;

	private final String slidTenant;

	private final int priority;

	private final int promptTokens;

	private final Beginning beginning;

	/** Tokens that were there before any was sampled. */
	private final int givenTokens;

	private final int maxTokens;

	private final Sampler sampler;

	private final ReplyText text;

	private final Consumer<GenerationEvent> events;

	private final Runnable ended;

	private final long submittedNanos;

	private int[] tokens;

	private int length;

	private int computed;

	private int exact = ALL;

	/** Tokens of the prompt that were in the key-value cache already. */
	private int cachedTokens;

	/** Its place among all that were submitted. */
	private long number;

	private @Nullable NativeBytes swapped;

	private StateStore.@Nullable Found fetched;

	private int slot = NO_SLOT;

	private @Nullable PromptLookup lookup;

	private @Nullable Acceptance draftModel;

	private @Nullable PromptScores scores;

	private SequenceState state = SequenceState.QUEUED;

	private long startedNanos;

	private long firstTokenNanos;

	/**
	 * @param contextTokens most tokens the sequence may hold; the prompt must be shorter
	 * @param sampler for this request
	 * @param events where its events go, on the engine thread
	 * @param ended called once when it has ended in whatever way, after its last event
	 * @throws InvalidParameter if the request resumes more characters than its resumed tokens have
	 */
	Sequence(GenerationRequest request, int contextTokens, Sampler sampler, Consumer<GenerationEvent> events,
			Runnable ended, long submittedNanos) {
		tokens = request.promptTokens().stream().mapToInt(Integer::intValue).toArray();
		length = tokens.length;
		promptTokens = length - request.resumed().tokens();
		tenant = request.tenant();
		slidesCache = request.slidesCache();
		slidTenant = slidesCache ? Sharers.ofSlid(tenant) : tenant;
		priority = request.priority();
		maxTokens = promptTokens + Math.min(request.maxCompletionTokens(), contextTokens - promptTokens);
		this.sampler = sampler;
		text = new ReplyText(request.stopSequences());
		beginning = Beginning.of(request, maxTokens - promptTokens, sampler, text);
		beginning.tokens().forEach(this::append);
		givenTokens = length;
		var scored = request.promptLogprobs();
		scores = scored == null || promptTokens < length ? null : new PromptScores(scored, promptTokens);
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

	/** The row; what is beyond {@link #length()} means nothing. Not to be changed. */
	int[] tokens() {
		return tokens;
	}

	/** Whose it is, where that matters for what is shared. */
	String tenant() {
		return tenant;
	}

	/** Whether it may begin with what has slid up. */
	boolean slidesCache() {
		return slidesCache;
	}

	/** The name by which what has slid up is known to others like it; its tenant's if it may not begin with that. */
	String slidTenant() {
		return slidTenant;
	}

	/** How many of its first tokens are in the key-value cache as if computed from the first one on; {@link #ALL} if nothing slid up. */
	int exact() {
		return exact;
	}

	int priority() {
		return priority;
	}

	long submittedNanos() {
		return submittedNanos;
	}

	/** Whether it has a slot. */
	boolean running() {
		return slot != NO_SLOT && !state.terminal();
	}

	/** Tokens that are in the row and not yet in the key-value cache. */
	int behind() {
		return length - computed;
	}

	/** Whether its next step is short: one new token, or a few. */
	boolean decoding() {
		return state == SequenceState.DECODE && behind() <= MOST_TO_DECODE;
	}

	/** Tokens of its reply so far, the resumed ones included. */
	int replyTokens() {
		return length - promptTokens;
	}

	/** How many more tokens its reply may have. */
	int tokensLeft() {
		return maxTokens - length;
	}

	/** Its drafts; made when they are first wanted. */
	PromptLookup lookup() {
		if (lookup == null) {
			lookup = new PromptLookup();
		}
		return lookup;
	}

	/** How often the draft model has been right here; where it was not asked yet, how often in others. */
	Acceptance draftModelOr(Acceptance others) {
		return draftModel == null ? others : draftModel;
	}

	/** The same, to learn from; what is known of others counts a little. */
	Acceptance draftModelAfter(Acceptance others) {
		if (draftModel == null) {
			draftModel = new Acceptance(others);
		}
		return draftModel;
	}

	/** Where the log-probabilities of its prompt go, until they are told; {@code null} if nobody asked for them. */
	@Nullable
	PromptScores scores() {
		return scores;
	}

	/** What it took along when it was swapped out. */
	@Nullable
	NativeBytes swapped() {
		return swapped;
	}

	/** The stored prefix that it waits for. */
	StateStore.@Nullable Found fetched() {
		return fetched != null && fetched.progress() != StateStore.Progress.LOST ? fetched : null;
	}

	/**
	 * It waits for a stored prefix.
	 *
	 * @param found the sequence's to close
	 */
	void fetch(StateStore.Found found) {
		dropFetched();
		found.fetch();
		fetched = found;
	}

	/** It takes its place in the line. */
	void enqueue(long number) {
		this.number = number;
	}

	/** The slot it occupies while it runs. */
	int slot() {
		return slot;
	}

	Sampler sampler() {
		return sampler;
	}

	/**
	 * Begins, or goes on after it was swapped out.
	 *
	 * @param cached how many of its first tokens are in the slot already
	 * @param exact see {@link #exact}
	 */
	void start(int slot, int cached, int exact, long nanos) {
		this.slot = slot;
		this.exact = exact;
		computed = cached;
		if (state == SequenceState.QUEUED) {
			cachedTokens = Math.min(cached, promptTokens);
			startedNanos = nanos;
		}
		state = state.to(length == givenTokens ? SequenceState.PREFILL : SequenceState.DECODE);
		dropSwapped();
		dropFetched();
	}

	/** Goes on in another slot, which holds all that this one held. */
	void relocate(int slot) {
		this.slot = slot;
	}

	/**
	 * Makes room for others.
	 *
	 * @param saved what its slot held, now the sequence's to close; without it all is computed again
	 */
	void swapOut(@Nullable NativeBytes saved) {
		state = state.to(SequenceState.SWAPPED);
		swapped = saved;
		slot = NO_SLOT;
	}

	/** Notes that the tokens up to here are in the key-value cache. */
	void computedTo(int position) {
		computed = position;
	}

	/**
	 * Takes a sampled token: appends it, emits what became final, and finishes if this was the last, or none was wanted.
	 *
	 * @param endOfGeneration whether the vocabulary says that a reply ends here
	 * @param piece the token's bytes, unless the reply's constraint gives it others
	 */
	void accept(SampledToken token, boolean endOfGeneration, byte[] piece, long nanos) {
		if (state == SequenceState.PREFILL) {
			tellPrompt(nanos);
		}
		if (length == maxTokens) {
			// Nothing was asked for but the prompt.
			finish(FinishReason.LENGTH, nanos);
			return;
		}
		append(token.id());
		if (endOfGeneration) {
			text.end(token);
			complete(nanos);
			return;
		}
		emit(text.append(token, sampler.piece(token.id(), piece)));
		if (text.stopped()) {
			finish(FinishReason.STOP, nanos);
		} else if (length == maxTokens) {
			emit(text.flush());
			finish(FinishReason.LENGTH, nanos);
		} else if (state == SequenceState.PREFILL) {
			state = state.to(SequenceState.DECODE);
		}
	}

	/**
	 * Ends a reply that was complete when it came, and needs no slot.
	 *
	 * @return false if it was not: nothing has happened then
	 */
	boolean endIfComplete(long nanos) {
		var end = beginning.end();
		if (end == null) {
			return false;
		}
		startedNanos = nanos;
		tellPrompt(nanos);
		finish(end, nanos);
		return true;
	}

	private void tellPrompt(long nanos) {
		firstTokenNanos = nanos;
		events.accept(new GenerationEvent.PromptProcessed(promptTokens, cachedTokens,
				scores == null ? List.of() : scores.all()));
		scores = null;
		emit(beginning.delta());
	}

	/** Ends the reply as a token that ends the generation does. */
	void complete(long nanos) {
		emit(text.flush());
		finish(FinishReason.STOP, nanos);
	}

	void fail(InferenceFailure failure) {
		state = state.to(SequenceState.FAILED);
		events.accept(new GenerationEvent.Failed(failure, usage()));
		end();
	}

	/** Ends it without a word: whoever listened has gone. */
	void cancel() {
		state = state.to(SequenceState.CANCELLED);
		end();
	}

	private void end() {
		dropSwapped();
		dropFetched();
		ended.run();
	}

	private void dropFetched() {
		if (fetched != null) {
			fetched.close();
			fetched = null;
		}
	}

	private void dropSwapped() {
		if (swapped != null) {
			swapped.close();
			swapped = null;
		}
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
		events.accept(
				new GenerationEvent.Finished(reason, usage(), timings, text.stopSequence(), text.rest()));
		end();
	}

	private Usage usage() {
		return new Usage(promptTokens, length - promptTokens, cachedTokens);
	}

}
