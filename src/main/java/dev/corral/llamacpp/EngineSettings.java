package dev.corral.llamacpp;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How engines run.
 *
 * @param threads compute threads of each model; 0 takes one per physical core
 * @param batchTokens most tokens one step computes, and so how long a step may take
 * @param queueLimit most requests of a model that wait for a sequence; more are refused
 */
@ConfigurationProperties("corral.engine")
@Validated
record EngineSettings(@Min(0) @Max(1024) int threads, @Min(1) @Max(1 << 16) int batchTokens,
		@Min(0) @Max(1 << 20) int queueLimit) {

	int effectiveThreads() {
		return threads > 0 ? threads : PhysicalCores.count();
	}

}
