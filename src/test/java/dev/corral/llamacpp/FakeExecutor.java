package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.corral.inference.GenerationRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A model whose next token is always the one before plus one, and a key-value cache that checks the engine's book-keeping: every
 * chunk must go on exactly where its slot ends.
 */
class FakeExecutor implements StepExecutor, Scheduler.Tokens {

	static final int END = 1_000;

	final List<StepPlan> steps = new ArrayList<>();

	private final Map<Integer, Integer> cachedBySlot = new HashMap<>();

	/** A sampler for a sequence that is computed here, where nothing is sampled. */
	static Sampler sampler(GenerationRequest request) {
		return new Sampler(request, 0, new SamplerVocabulary(Set.of(END), _ -> new byte[]{'x'}), null);
	}

	@Override
	public List<ChunkResult> execute(StepPlan plan) {
		steps.add(plan);
		return plan.chunks().stream().map(this::compute).toList();
	}

	private ChunkResult compute(StepPlan.Chunk chunk) {
		assertThat(chunk.from()).isEqualTo(cachedBySlot.getOrDefault(chunk.slot(), 0));
		cachedBySlot.put(chunk.slot(), chunk.to());
		return chunk.completes()
				? new ChunkResult.Sampled(
						new SampledToken(chunk.sequence().token(chunk.to() - 1) + 1, null))
				: ChunkResult.COMPUTED;
	}

	@Override
	public void clear(int slot) {
		cachedBySlot.remove(slot);
	}

	/** Slots that hold something. */
	int usedSlots() {
		return cachedBySlot.size();
	}

	@Override
	public void close() {
		cachedBySlot.clear();
	}

	@Override
	public boolean isEndOfGeneration(int token) {
		return token == END;
	}

	@Override
	public byte[] piece(int token) {
		return new byte[]{'x'};
	}

}
