package dev.corral.inference;

/**
 * A piece of a prompt's text. The names of control tokens ({@code </s>}, {@code <|im_end|>}) mean those tokens only in
 * segments that a template wrote; in what people typed they are plain text, so nobody can end a turn or forge one.
 *
 * @param text may be empty
 * @param fromTemplate whether control tokens are recognised in it
 */
public record PromptSegment(String text, boolean fromTemplate) {

	public static PromptSegment template(String text) {
		return new PromptSegment(text, true);
	}

	public static PromptSegment typed(String text) {
		return new PromptSegment(text, false);
	}

}
