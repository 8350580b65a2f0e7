package dev.corral.routing;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationRequest;

import static org.assertj.core.api.Assertions.assertThat;

class PrefixMemoryTests {

	private final PrefixMemory memory = new PrefixMemory(8);

	@Test
	void knowsHowFarPromptsAgreeInWholeBlocks() {
		memory.remember(prompt(0, 200));

		assertThat(memory.cachedTokens(prompt(0, 200))).isEqualTo(192);
		assertThat(memory.cachedTokens(prompt(0, 127))).isEqualTo(64);
		assertThat(memory.cachedTokens(prompt(1, 201))).isZero();
		assertThat(memory.cachedTokens(blocks(FakePool.request(),
				Stream.concat(tokens(0, 130).stream(), tokens(7, 300).stream()).toList()))).isEqualTo(128);
	}

	@Test
	void keepsTenantsAndSaltsApart() {
		memory.remember(blocks(FakePool.request().withTenant("ann"), tokens(0, 64)));

		assertThat(memory.cachedTokens(blocks(FakePool.request().withTenant("ann"), tokens(0, 64)))).isEqualTo(64);
		assertThat(memory.cachedTokens(blocks(FakePool.request().withTenant("bob"), tokens(0, 64)))).isZero();
		assertThat(memory.cachedTokens(blocks(FakePool.request().withCacheSalt("ann"), tokens(0, 64)))).isZero();
	}

	@Test
	void forgetsEndsBeforeBeginnings() {
		memory.remember(prompt(0, 6 * 64));
		memory.remember(prompt(1000, 1000 + 4 * 64));

		assertThat(memory.cachedTokens(prompt(0, 6 * 64))).isEqualTo(4 * 64);
		assertThat(memory.cachedTokens(prompt(1000, 1000 + 4 * 64))).isEqualTo(4 * 64);
	}

	@Test
	void givesPromptsWithTheSameBeginningTheSameKey() {
		assertThat(prompt(0, 300).key()).isEqualTo(prompt(0, 4000).key());
		assertThat(prompt(0, 30).key()).isNotEqualTo(prompt(0, 31).key());
		assertThat(prompt(0, 300).key()).isNotEqualTo(prompt(1, 301).key());
	}

	private static PromptBlocks prompt(int from, int to) {
		return blocks(FakePool.request(), tokens(from, to));
	}

	private static PromptBlocks blocks(GenerationRequest request, List<Integer> tokens) {
		return PromptBlocks.of(request, tokens);
	}

	private static List<Integer> tokens(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

}
