package dev.corral.inference;

/**
 * How busy an engine is.
 *
 * @param running sequences in prefill or decode
 * @param waiting admitted requests that have no sequence yet
 * @param sequences most sequences that can run at once
 */
public record EngineLoad(int running, int waiting, int sequences) {
}
