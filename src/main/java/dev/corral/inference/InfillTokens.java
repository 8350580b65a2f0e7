package dev.corral.inference;

/**
 * The tokens by which a model is asked to fill in the middle of a text (Bavarian et al. 2022, "Efficient Training of Language Models to
 * Fill in the Middle"): the prompt is {@code prefix}, the text before, {@code suffix}, the text after, {@code middle}.
 *
 * @param prefix stands before the text before
 * @param suffix stands before the text after
 * @param middle stands before what is generated
 */
public record InfillTokens(int prefix, int suffix, int middle) {
}
