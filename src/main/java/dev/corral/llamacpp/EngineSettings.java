package dev.corral.llamacpp;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * How engines run.
 *
 * @param threads compute threads of each model; 0 takes one per physical core
 * @param batchTokens most tokens one step computes
 * @param interTokenLatencyTarget how long a step may take while replies stream, which bounds the prefill beside them
 * @param queueLimit most requests of a model that wait for a sequence; more are refused
 * @param queueTimeout how long a request waits for a sequence before it is given up; zero is for ever
 * @param prefixSharing who shares what was computed for a prompt's beginning
 * @param speculation whether tokens are drafted, to compute several of a reply at once
 */
@ConfigurationProperties("corral.engine")
@Validated
record EngineSettings(@Min(0) @Max(1024) int threads, @Min(1) @Max(1 << 16) int batchTokens,
		@NotNull @DurationMin(millis = 1) Duration interTokenLatencyTarget, @Min(0) @Max(1 << 20) int queueLimit,
		@NotNull @DurationMin Duration queueTimeout, @NotNull PrefixSharing prefixSharing,
		@NotNull Speculating speculation) {

	int effectiveThreads() {
		return threads > 0 ? threads : PhysicalCores.count();
	}

	/** Who shares what was computed for a prompt's beginning. */
	enum PrefixSharing {

		/** Everyone. */
		ALL,

		/** Only requests of the same tenant. */
		TENANT

	}

	/** Whether tokens are drafted. */
	enum Speculating {

		/** Where it is likely to be faster. */
		AUTO,

		/** Never. */
		OFF

	}

}
