package dev.corral.llamacpp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.corral.inference.GenerationRequest;
import dev.corral.llamacpp.internal.NativeBytes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A model whose next token depends on all tokens before it, or that repeats itself where the prompt says so, and a key-value cache that checks the engine's book-keeping: what a slot
 * holds must be what the sequence in it begins with, and every chunk must go on exactly where its slot ends. What has slid up, and what was
 * computed after it, must be no part of a sequence that did not ask for it, and nothing slides that two slots share.
 */
class FakeExecutor implements StepExecutor, Scheduler.Tokens {

	static final int END = 1_000;

	/** A prompt that begins with this is mostly repeated: its reply copies what is {@value #PERIOD} tokens before. */
	static final int REPEAT = 5_000;

	static final int PERIOD = 12;

	final List<StepPlan> steps = new ArrayList<>();

	/** Tokens that were computed, those that had been there before not counted. */
	int computedTokens;

	private final Map<Integer, List<Cell>> slots = new TreeMap<>();

	/** Whether something slid up since the last step. */
	private boolean sliding;

	private final int cacheTokens;

	private final long decodeNanos;

	private final long decodeNanosPerToken;

	private final long prefillNanosPerToken;

	FakeExecutor() {
		this(Integer.MAX_VALUE, 0, 0);
	}

	/**
	 * @param cacheTokens most tokens that all slots hold together
	 * @param decodeNanos how long a step that decodes takes
	 * @param prefillNanosPerToken how much longer for each token of a prompt
	 */
	FakeExecutor(int cacheTokens, long decodeNanos, long prefillNanosPerToken) {
		this(cacheTokens, decodeNanos, 0, prefillNanosPerToken);
	}

	/** @param decodeNanosPerToken how much longer for each token that decodes */
	FakeExecutor(int cacheTokens, long decodeNanos, long decodeNanosPerToken, long prefillNanosPerToken) {
		this.decodeNanosPerToken = decodeNanosPerToken;
		this.cacheTokens = cacheTokens;
		this.decodeNanos = decodeNanos;
		this.prefillNanosPerToken = prefillNanosPerToken;
	}

	/** What follows these tokens. */
	static int next(List<Integer> tokens) {
		int other = 1 + Math.floorMod(tokens.hashCode(), END - 1);
		boolean repeats = tokens.getFirst() == REPEAT && tokens.size() > PERIOD && other % 20 != 0;
		return repeats ? tokens.get(tokens.size() - PERIOD) : other;
	}

	/** The reply to a prompt. */
	static List<Integer> reply(List<Integer> prompt, int tokens) {
		var all = new ArrayList<>(prompt);
		for (int i = 0; i < tokens; i++) {
			all.add(next(all));
		}
		return all.subList(prompt.size(), all.size());
	}

	/** A sampler for a sequence that is computed here, where nothing is sampled. */
	static Sampler sampler(GenerationRequest request) {
		return new Sampler(request, 0, new SamplerVocabulary(Set.of(END), _ -> new byte[]{'x'}), null);
	}

	@Override
	public StepOutcome execute(StepPlan plan) {
		steps.add(plan);
		sliding = false;
		int decode = size(plan, true);
		int prefill = size(plan, false);
		var results = plan.chunks().stream().map(this::compute).toList();
		long nanos = (decode > 0 ? decodeNanos : 0) + decode * decodeNanosPerToken + prefill * prefillNanosPerToken;
		return new StepOutcome(results, List.of(new StepOutcome.Call(decode, prefill, nanos)));
	}

	/** Tokens of those chunks that decode, or of the others. */
	static int size(StepPlan plan, boolean decoding) {
		return plan.chunks()
				.stream()
				.filter(chunk -> chunk.decodes() == decoding)
				.mapToInt(StepPlan.Chunk::size)
				.sum();
	}

	private ChunkResult compute(StepPlan.Chunk chunk) {
		var slot = slots.computeIfAbsent(chunk.slot(), index -> new ArrayList<>());
		assertThat(chunk.from()).isEqualTo(slot.size());
		for (int position = 0; position < slot.size(); position++) {
			assertThat(slot.get(position).token).isEqualTo(chunk.sequence().token(position));
		}
		boolean slid = slot.stream().anyMatch(cell -> cell.slid);
		assertThat(slid && !chunk.sequence().slidesCache()).as("slid content for others").isFalse();
		assertThat(slid && chunk.sequence().exact() == Sequence.ALL).as("slid content that nobody knows of").isFalse();
		if (heldTokens() + chunk.size() > cacheTokens) {
			return ChunkResult.NO_ROOM;
		}
		computedTokens += chunk.size();
		for (int position = chunk.from(); position < chunk.to(); position++) {
			slot.add(new Cell(chunk.token(position), slid));
		}
		return chunk.completes() ? sample(chunk, slot) : ChunkResult.COMPUTED;
	}

	private static ChunkResult sample(StepPlan.Chunk chunk, List<Cell> slot) {
		var sampled = new ArrayList<SampledToken>();
		var tokens = new ArrayList<>(slot.stream().map(cell -> cell.token).toList());
		sampled.add(new SampledToken(next(tokens), null));
		for (int drafted : chunk.draft()) {
			if (drafted != sampled.getLast().id()) {
				break;
			}
			tokens.add(drafted);
			slot.add(new Cell(drafted, slot.getLast().slid));
			sampled.add(new SampledToken(next(tokens), null));
		}
		return new ChunkResult.Sampled(sampled);
	}

	/** Tokens that all slots hold. */
	int heldTokens() {
		return slots.values().stream().mapToInt(List::size).sum();
	}

	/** As where the slots share one buffer exactly when its size is bounded. */
	@Override
	public boolean separate() {
		return cacheTokens == Integer.MAX_VALUE;
	}

	@Override
	public void truncate(int slot, int position) {
		var held = slots.computeIfAbsent(slot, index -> new ArrayList<>());
		assertThat(position).isLessThanOrEqualTo(held.size());
		held.subList(position, held.size()).clear();
	}

	@Override
	public void copy(int from, int to, int positions) {
		assertThat(sliding).isFalse();
		var cells = slots.getOrDefault(from, List.of()).subList(0, positions);
		slots.put(to, new ArrayList<>(separate() ? cells.stream().map(Cell::copy).toList() : cells));
	}

	@Override
	public boolean canSlide() {
		return true;
	}

	@Override
	public boolean slide(int slot, int from, int to) {
		var held = slots.getOrDefault(slot, new ArrayList<>());
		var moved = held.subList(to, held.size());
		assertThat(moved).isNotEmpty();
		for (var other : slots.values()) {
			assertThat(other == held || other.stream().noneMatch(moved::contains)).as("sharing no cells").isTrue();
		}
		moved.replaceAll(cell -> new Cell(cell.token, true));
		held.subList(from, to).clear();
		sliding = true;
		return true;
	}

	@Override
	@SuppressWarnings("MustBeClosedChecker") // the caller's to close
	public NativeBytes save(int slot) {
		var held = slots.getOrDefault(slot, List.of());
		assertThat(sliding).isFalse();
		var bytes = ByteBuffer.allocate((2 * held.size() + 1) * Integer.BYTES);
		bytes.putInt(held.size());
		held.forEach(cell -> bytes.putInt(cell.token).putInt(cell.slid ? 1 : 0));
		var state = NativeBytes.allocate(bytes.capacity());
		state.put(0, bytes.array());
		return state;
	}

	@Override
	public boolean restore(int slot, NativeBytes state) {
		var bytes = ByteBuffer.wrap(state.get(0, (int) state.size()));
		var held = new ArrayList<Cell>();
		for (int left = bytes.getInt(); left > 0; left--) {
			held.add(new Cell(bytes.getInt(), bytes.getInt() == 1));
		}
		slots.put(slot, held);
		return true;
	}

	@Override
	public void close() {
		slots.clear();
	}

	@Override
	public boolean isEndOfGeneration(int token) {
		return token == END;
	}

	@Override
	public byte[] piece(int token) {
		return new byte[]{'x'};
	}

	/** What is known of one token; the same object in two slots that share it. */
	private static final class Cell {

		final int token;

		/** Whether it was computed after tokens that have gone. */
		final boolean slid;

		Cell(int token, boolean slid) {
			this.token = token;
			this.slid = slid;
		}

		Cell copy() {
			return new Cell(token, slid);
		}

	}

}
