package dev.corral.llamacpp;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.TokenLogprob;

/**
 * What a {@link Sampler} chose.
 *
 * @param logprob present exactly when the request asks for log-probabilities
 */
record SampledToken(int id, @Nullable TokenLogprob logprob) {
}
