package dev.corral.generation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

import org.springframework.stereotype.Component;

import dev.corral.inference.FinishReason;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Meters of single requests to the engines, tagged {@code model}; {@code docs/metrics.md} lists them. The times' buckets reach from a token
 * of a very small model to a long reply on a slow machine. Safe for any thread.
 */
@Component
class RequestMeters {

	/** Milliseconds from one token to the next. */
	private static final Duration[] TOKEN_BUCKETS = millis(1, 2, 5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500,
			750,
			1000, 2500, 5000, 10_000);

	/** Milliseconds that people wait for something. */
	private static final Duration[] WAIT_BUCKETS = millis(1, 5, 10, 20, 40, 60, 80, 100, 250, 500, 750, 1000, 2500,
			5000,
			7500, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_800_000);

	/** Tokens, by powers of two. */
	private static final double[] LENGTH_BUCKETS = IntStream.rangeClosed(0, 17).mapToDouble(power -> 1L << power)
			.toArray();

	private final MeterRegistry registry;

	private final Clock clock;

	RequestMeters(MeterRegistry registry) {
		this.registry = registry;
		this.clock = registry.config().clock();
	}

	/** The same engine, whose requests are measured. */
	InferenceEngine measured(InferenceEngine engine) {
		return new MeasuredEngine(engine, new OfModel(registry, Tags.of("model", engine.model().name())), clock);
	}

	private static Duration[] millis(long... millis) {
		return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
	}

	/** The meters of one model. The registry finds those that it has by name and tags. */
	record OfModel(MeterRegistry registry, Tags tags) {

		void firstToken(Duration time) {
			timer("corral.request.time.to.first.token", "From when a request reached the engine to its first text",
					WAIT_BUCKETS).record(time);
		}

		/** Where tokens have come together, their time is shared evenly. */
		void tokens(Duration time, int count) {
			var timer = timer("corral.request.inter.token.latency", "From one token of a reply to the next",
					TOKEN_BUCKETS);
			var each = time.dividedBy(count);
			for (int token = 0; token < count; token++) {
				timer.record(each);
			}
		}

		void ended(FinishReason reason, Duration time) {
			counter("corral.request.finished", "Requests that engines took and that have ended",
					reason.name().toLowerCase(Locale.ROOT)).increment();
			timer("corral.request.duration", "From when a request reached the engine to its end", WAIT_BUCKETS)
					.record(time);
		}

		void rejected(InferenceFailure.Kind kind) {
			counter("corral.request.rejected", "Requests that engines did not take",
					kind.name().toLowerCase(Locale.ROOT))
					.increment();
		}

		void spent(Timings timings, Usage usage) {
			timer("corral.request.queue", "Waiting for a sequence", WAIT_BUCKETS).record(timings.queue());
			timer("corral.request.prefill", "From then to the first token", WAIT_BUCKETS).record(timings.prefill());
			timer("corral.request.decode", "From the first token to the last", WAIT_BUCKETS).record(timings.decode());
			lengths("corral.request.prompt", "Tokens of a prompt").record(usage.promptTokens());
			lengths("corral.request.cached", "Tokens of a prompt that were not computed again")
					.record(usage.cachedTokens());
			lengths("corral.request.completion", "Tokens of a reply").record(usage.completionTokens());
			if (usage.completionTokens() > 1) {
				timer("corral.request.time.per.output.token", "Mean time from one token of a reply to the next",
						TOKEN_BUCKETS).record(timings.decode().dividedBy(usage.completionTokens() - 1));
			}
		}

		private Timer timer(String name, String description, Duration[] buckets) {
			return Timer.builder(name).description(description).serviceLevelObjectives(buckets).tags(tags)
					.register(registry);
		}

		private DistributionSummary lengths(String name, String description) {
			return DistributionSummary.builder(name).description(description).baseUnit("tokens")
					.serviceLevelObjectives(LENGTH_BUCKETS).tags(tags).register(registry);
		}

		private Counter counter(String name, String description, String reason) {
			return Counter.builder(name).description(description).baseUnit("requests").tags(tags).tag("reason", reason)
					.register(registry);
		}

	}

}
