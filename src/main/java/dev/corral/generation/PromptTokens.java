package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.CompletionRequest.Prompts;
import dev.corral.inference.InfillTokens;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;

/** Turns prompts that are continued as they are into tokens. */
final class PromptTokens {

	private final Tokenizer tokenizer;

	private final Prompts prompts;

	private final @Nullable Infill infill;

	/** @throws InvalidParameter if a gap is to be filled and the model cannot do that */
	PromptTokens(Tokenizer tokenizer, Prompts prompts) {
		this.tokenizer = tokenizer;
		this.prompts = prompts;
		infill = prompts.suffix() == null ? null : infill(prompts.suffix());
	}

	private Infill infill(String suffix) {
		var tokens = tokenizer.infillTokens();
		if (tokens == null) {
			throw new InvalidParameter("suffix",
					"must be absent: this model's vocabulary has no tokens to fill in the middle with");
		}
		return new Infill(tokens, tokenizer.tokenize(List.of(PromptSegment.typed(suffix)), false));
	}

	List<Integer> of(TextInput input) {
		return infill == null ? begun(input) : filling(input, infill);
	}

	private List<Integer> begun(TextInput input) {
		return switch (input) {
			case TextInput.Tokens(List<Integer> ids) -> ids;
			case TextInput.Text(String text) ->
				tokenizer.tokenize(List.of(segment(text)), prompts.addBeginOfSequence());
		};
	}

	private PromptSegment segment(String text) {
		return new PromptSegment(text, prompts.takesControlTokens());
	}

	private List<Integer> filling(TextInput input, Infill gap) {
		var tokens = new ArrayList<Integer>();
		switch (input) {
			case TextInput.Tokens(List<Integer> ids) -> {
				tokens.add(gap.tokens.prefix());
				tokens.addAll(ids);
			}
			case TextInput.Text(String text) -> {
				tokens.addAll(tokenizer.tokenize(List.of(), prompts.addBeginOfSequence()));
				tokens.add(gap.tokens.prefix());
				tokens.addAll(tokenizer.tokenize(List.of(segment(text)), false));
			}
		}
		tokens.add(gap.tokens.suffix());
		tokens.addAll(gap.after);
		tokens.add(gap.tokens.middle());
		return tokens;
	}

	private record Infill(InfillTokens tokens, List<Integer> after) {
	}

}
