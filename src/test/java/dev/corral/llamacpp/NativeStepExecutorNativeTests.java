package dev.corral.llamacpp;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.internal.ContextOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("native")
class NativeStepExecutorNativeTests {

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void tellsThatTheCacheHasNoRoomAndStaysUsable(NativeRuntime runtime) {
		try (var model = runtime.runtime().open(NativeRuntime.CRIA);
				var executor = new NativeStepExecutor(model, new ContextOptions(256, 1, 512, 1), NanoClock.SYSTEM)) {
			assertThat(executor.execute(chunk(0, 200)).results()).containsExactly(ChunkResult.COMPUTED);
			assertThat(executor.execute(chunk(200, 100)).results()).containsExactly(ChunkResult.NO_ROOM);

			executor.truncate(0, 0);

			assertThat(executor.execute(chunk(0, 200)).results()).containsExactly(ChunkResult.COMPUTED);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void neverHandsOverMoreThanTheCacheHolds(NativeRuntime runtime) {
		try (var model = runtime.runtime().open(NativeRuntime.CRIA);
				var executor = new NativeStepExecutor(model, new ContextOptions(256, 1, 512, 1), NanoClock.SYSTEM)) {
			assertThatExceptionOfType(IndexOutOfBoundsException.class)
					.isThrownBy(() -> executor.execute(chunk(0, 300)));
		}
	}

	private static StepPlan chunk(int from, int count) {
		var prompt = IntStream.range(0, 400).map(i -> 100 + i).boxed().toList();
		var request = new GenerationRequest(prompt, 1, SamplingParameters.GREEDY, List.of());
		var sequence = new Sequence(request, 1024, FakeExecutor.sampler(request), event -> {
		}, () -> {
		}, 0);
		return new StepPlan(List.of(new StepPlan.Chunk(sequence, 0, from, count, List.of(), false)), List.of(), false);
	}

}
