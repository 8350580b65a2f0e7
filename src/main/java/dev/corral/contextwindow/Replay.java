package dev.corral.contextwindow;

import java.util.ArrayList;
import java.util.List;

import dev.corral.contextwindow.WindowPlan.Cut;
import dev.corral.inference.InferenceFailure.PromptTooLong;

/**
 * One conversation as its window went along with it: each turn in its time was the newest. Turns are added up once, and what is kept only
 * ever begins later, so all of it takes time in proportion to the turns.
 */
final class Replay {

	/**
	 * Where the key-value cache slides, a cut costs little, so it frees this part of the prompt's room, or more if more is needed: enough
	 * that not every turn moves what is cached.
	 */
	private static final int SLIDE_PART = 8;

	private final WindowPolicy policy;

	private final Budget budget;

	private final int pinnedTokens;

	/** Most tokens of the pinned part and what is kept before the newest turn, after a cut. */
	private final int cutTo;

	/** Room for what stands for the turns that are left out, as soon as there are any. */
	private final int allowance;

	/** Tokens of all turns before each; one more entry than turns. */
	private final long[] before;

	/** The first turn that is kept after what was cut. */
	private int from;

	private final List<Cut> cuts = new ArrayList<>();

	Replay(WindowSettings settings, Budget budget, WindowRequest request) {
		this.policy = request.policy();
		this.budget = budget;
		this.pinnedTokens = request.pinnedTokens();
		this.cutTo = (int) (budget.promptTokens() * settings.cutTo());
		this.allowance = allowance(settings);
		this.before = new long[request.turns().size() + 1];
		int turn = 0;
		for (int tokens : request.turns()) {
			before[turn + 1] = before[turn] + tokens;
			turn++;
		}
		before[turn] += request.extraTokens();
	}

	/** At most half of what a cut leaves beside the pinned part: turns as they were said are worth more than what stands for others. */
	private int allowance(WindowSettings settings) {
		double part = switch (policy) {
			case RECAP, SPLIT -> settings.recapTokens();
			case RECALL -> settings.recallTokens();
			case ROLLING, SINK_SHIFT, STRICT -> 0;
		};
		return Math.min((int) (budget.contextTokens() * part), Math.max(0, cutTo - pinnedTokens) / 2);
	}

	/** @throws PromptTooLong if what must stay does not fit */
	WindowPlan plan() {
		int newest = before.length - 2;
		if (policy != WindowPolicy.STRICT) {
			for (int turn = 0; turn <= newest; turn++) {
				if (tokens(turn) > budget.promptTokens() && turn > from) {
					cut(turn);
				}
			}
		}
		int head = from > 0 && headTokens(newest) > 0 ? 1 : 0;
		long kept = pinnedTokens + before[head] + between(from, newest + 1);
		if (kept > budget.mostPromptTokens()) {
			throw new PromptTooLong("messages", (int) Math.min(kept, Integer.MAX_VALUE), budget.contextTokens(),
					budget.leastReplyTokens());
		}
		int promptTokens = Math.max(budget.promptTokens(), (int) kept);
		int left = from > 0 ? Math.min(allowance, promptTokens - (int) kept) : 0;
		return new WindowPlan(budget.contextTokens() - promptTokens, promptTokens, head, from, cuts(head),
				policy.summarises() ? left : 0, policy == WindowPolicy.RECALL ? left : 0);
	}

	/** The prompt's tokens when this turn is the newest and nothing more is cut. */
	private long tokens(int newest) {
		long standIn = from > 0 ? allowance + headTokens(newest) : 0;
		return pinnedTokens + standIn + between(from, newest + 1);
	}

	private void cut(int newest) {
		long head = headTokens(newest);
		int next = head > 0 ? Math.max(from, 1) : from;
		long room = budget.promptTokens() - pinnedTokens - allowance - head - between(newest, newest + 1);
		long target = Math.min(room, switch (policy) {
			case SINK_SHIFT -> between(next, newest) - budget.promptTokens() / SLIDE_PART;
			case SPLIT -> 0;
			case ROLLING, RECAP, RECALL, STRICT -> cutTo - pinnedTokens - allowance;
		});
		while (next < newest && between(next, newest) > target) {
			next++;
		}
		cuts.add(new Cut(from, next));
		from = next;
	}

	/**
	 * Tokens of the first turn where it stays in front of what was cut, else 0. It must fit beside the newest, and one that takes more than
	 * half of the room would leave too little for the rest.
	 */
	private long headTokens(int newest) {
		boolean stays = policy == WindowPolicy.SINK_SHIFT && before[1] <= budget.promptTokens() / 2
				&& pinnedTokens + before[1] + between(newest, newest + 1) <= budget.promptTokens();
		return stays ? before[1] : 0;
	}

	private long between(int first, int end) {
		return before[end] - before[first];
	}

	/** A turn that is kept in front was not cut, even if for a while there was no room for it. */
	private List<Cut> cuts(int head) {
		return cuts.stream().filter(cut -> cut.to() > head).map(cut -> new Cut(Math.max(cut.from(), head), cut.to()))
				.toList();
	}

}
