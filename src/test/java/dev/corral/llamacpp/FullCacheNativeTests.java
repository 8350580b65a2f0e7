package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.ModelSource;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** A cache that is full of holes still serves everything that fits into it. */
@Tag("native")
class FullCacheNativeTests {

	private static final int WINDOW = 256;

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void servesEveryRequestWhileTheCacheIsNearlyFull(NativeRuntime runtime) {
		long seed = 20261123;
		var random = new SplittableRandom(seed);
		try (var engine = runtime.cria(WINDOW, 4)) {
			var generations = new ArrayList<Flux<GenerationEvent>>();
			for (int i = 0; i < 120; i++) {
				var prompt = random.ints(random.nextInt(20, WINDOW - 1), 3, 2048).boxed().toList();
				generations.add(engine.generate(Cria.greedy(prompt, random.nextInt(1, WINDOW))));
			}

			var replies = Reply.ofAll(generations);

			assertThat(replies).as("seed %d", seed)
					.allSatisfy(reply -> assertThat(reply.reason()).isIn(FinishReason.STOP, FinishReason.LENGTH));
			Idle.await(engine);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void logsNoWarningOfAFullCacheInWhichRoomCanBeMade(NativeRuntime runtime) {
		var logger = (Logger) LoggerFactory.getLogger("llama.cpp");
		var level = logger.getLevel();
		var lines = new ListAppender<ILoggingEvent>();
		lines.start();
		var source = new ModelSource("cria", NativeRuntime.CRIA, 512, 4, 512);
		try (var engine = runtime.cria(source, Settings.DEFAULT, StateStore.NONE)) {
			var request = Cria.greedy(Cria.prompt(engine, "Hello"), 200)
					.withSampling(SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration()));
			logger.addAppender(lines);
			logger.setLevel(Level.DEBUG);

			Reply.ofAll(Stream.generate(() -> engine.generate(request)).limit(8).toList());

			assertThat(engine.cache().context().swappedOut()).isPositive();
		} finally {
			logger.setLevel(level);
			logger.detachAppender(lines);
		}

		assertThat(lines.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
		assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).anyMatch(line -> line
				.startsWith(runtime == NativeRuntime.BUNDLED ? "llama_decode: failed" : "decode: failed to find"));
	}

}
