package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drafts for {@link FakeExecutor}, each token right with a certain probability, from a cache that checks the book-keeping: what a slot
 * holds must be what the sequence in it begins with when something is proposed.
 */
final class FakeDrafter implements Drafter {

	private static final int SLOTS = 64;

	final List<Task> tasks = new ArrayList<>();

	/** Tokens that were computed. */
	int computedTokens;

	/** How long all that took. */
	long nanos;

	/** How likely each token is to be right. */
	double acceptance;

	/** More tokens than this the slots do not hold together; what goes beyond fails for good. */
	int cacheTokens = Integer.MAX_VALUE;

	private final long callNanos;

	private final long nanosPerToken;

	private final int window;

	private final SplittableRandom random = new SplittableRandom(7);

	private final HeldTokens held = new HeldTokens(SLOTS);

	private final Map<Integer, List<Integer>> slots = new TreeMap<>();

	/**
	 * @param callNanos how long a call takes
	 * @param nanosPerToken how much longer for each of its tokens
	 */
	FakeDrafter(double acceptance, long callNanos, long nanosPerToken, int window) {
		this.acceptance = acceptance;
		this.callNanos = callNanos;
		this.nanosPerToken = nanosPerToken;
		this.window = window;
	}

	@Override
	public int window() {
		return window;
	}

	@Override
	public int missing(Sequence sequence) {
		return held.missing(sequence);
	}

	@Override
	public Drafted draft(List<Task> asked) {
		tasks.addAll(asked);
		var calls = new ArrayList<StepOutcome.Call>();
		var proposals = asked.stream().map(_ -> (List<Integer>) new ArrayList<Integer>()).toList();
		for (var task : asked) {
			assertThat(task.sequence().running()).isTrue();
			assertThat(task.sequence().length() + task.propose()).isLessThanOrEqualTo(window);
			if (task.catchUp() > 0 && compute(task.sequence(), held.kept(task.sequence()) + task.catchUp())) {
				calls.add(call(0, task.catchUp()));
			}
		}
		int longest = asked.stream().mapToInt(Task::propose).max().orElse(0);
		for (int position = 0; position < longest; position++) {
			int before = computedTokens;
			for (int i = 0; i < asked.size(); i++) {
				propose(asked.get(i), position, proposals.get(i));
			}
			calls.add(call(computedTokens - before, 0));
		}
		return new Drafted(proposals, calls);
	}

	private StepOutcome.Call call(int decodeTokens, int prefillTokens) {
		long took = callNanos + nanosPerToken * (decodeTokens + prefillTokens);
		nanos += took;
		return new StepOutcome.Call(decodeTokens, prefillTokens, took);
	}

	private void propose(Task task, int position, List<Integer> proposal) {
		var sequence = task.sequence();
		if (position < task.propose() && held.missing(sequence) != NEVER) {
			if (position == 0 && !compute(sequence, sequence.length())) {
				return;
			}
			var slot = slot(sequence.slot());
			if (position > 0) {
				add(sequence, proposal.getLast());
			}
			assertThat(slot).hasSize(sequence.length() + position);
			assertThat(slot.subList(0, sequence.length())).isEqualTo(tokens(sequence));
			proposal.add(random.nextDouble() < acceptance ? FakeExecutor.next(slot) : 0);
		}
	}

	/** Computes a sequence's tokens up to a position. */
	private boolean compute(Sequence sequence, int end) {
		int kept = held.kept(sequence);
		var slot = slot(sequence.slot());
		slot.subList(kept, slot.size()).clear();
		held.truncate(sequence.slot(), kept);
		if (slots.values().stream().mapToInt(List::size).sum() + end - kept > cacheTokens) {
			slot.clear();
			held.giveUp(sequence);
			return false;
		}
		for (int position = kept; position < end; position++) {
			add(sequence, sequence.token(position));
		}
		return true;
	}

	private void add(Sequence sequence, int token) {
		slot(sequence.slot()).add(token);
		held.add(sequence, token);
		computedTokens++;
	}

	private List<Integer> slot(int slot) {
		return slots.computeIfAbsent(slot, _ -> new ArrayList<>());
	}

	private static List<Integer> tokens(Sequence sequence) {
		var tokens = new ArrayList<Integer>();
		for (int position = 0; position < sequence.length(); position++) {
			tokens.add(sequence.token(position));
		}
		return tokens;
	}

	@Override
	public void close() {
		slots.clear();
	}

}
