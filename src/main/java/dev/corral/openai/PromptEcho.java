package dev.corral.openai;

import java.util.List;

import dev.corral.generation.CompletionGeneration.Prepared;
import dev.corral.generation.TextInput;
import dev.corral.inference.TokenLogprob;

/** The prompts of a request, for completions that begin with them. */
final class PromptEcho {

	private final TextCompletionRequest request;

	private final Prepared prompts;

	PromptEcho(TextCompletionRequest request, Prepared prompts) {
		this.request = request;
		this.prompts = prompts;
	}

	/** The text of a prompt as the client sent it; empty if it is not wanted. */
	String text(int prompt) {
		if (!request.told().prompt()) {
			return "";
		}
		return switch (request.completion().prompts().inputs().get(prompt)) {
			case TextInput.Text(String text) -> text;
			case TextInput.Tokens(List<Integer> ids) -> prompts.text(ids);
		};
	}

	/** The log-probabilities of a prompt's tokens. */
	TextLogprobs logprobs(int prompt, List<TokenLogprob> others, TextLogprobsWriter writer) {
		int first = prompts.tokens(prompt).getFirst();
		return writer.prompt(first, prompts.text(List.of(first)), others);
	}

	List<Integer> tokens(int prompt) {
		return prompts.tokens(prompt);
	}

	int count() {
		return prompts.prompts();
	}

}
