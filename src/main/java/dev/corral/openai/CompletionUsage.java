package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

import dev.corral.contextwindow.WindowReport;
import dev.corral.inference.Usage;

/**
 * {@code CompletionUsage} of the OpenAI API, in tokens.
 *
 * @param contextWindow what of the conversation was in the prompt, if the request lets it be cut; an addition to that API
 */
record CompletionUsage(int promptTokens, int completionTokens, int totalTokens, PromptDetails promptTokensDetails,
		@JsonInclude(Include.NON_NULL) @Nullable ContextWindowUsage contextWindow) {

	CompletionUsage(int promptTokens, int completionTokens, int totalTokens, PromptDetails promptTokensDetails) {
		this(promptTokens, completionTokens, totalTokens, promptTokensDetails, null);
	}

	CompletionUsage with(@Nullable WindowReport window) {
		return new CompletionUsage(promptTokens, completionTokens, totalTokens, promptTokensDetails,
				window == null ? null : ContextWindowUsage.of(window));
	}

	/**
	 * What several replies to one prompt have used: the prompt counts once, with the cached tokens of the reply that found the fewest.
	 */
	static CompletionUsage of(List<Usage> replies) {
		int prompt = replies.getFirst().promptTokens();
		int completion = replies.stream().mapToInt(Usage::completionTokens).sum();
		int cached = replies.stream().mapToInt(Usage::cachedTokens).min().orElseThrow();
		return new CompletionUsage(prompt, completion, prompt + completion, new PromptDetails(cached));
	}

	/** What the replies to several prompts have used. */
	static CompletionUsage sum(List<CompletionUsage> prompts) {
		int prompt = prompts.stream().mapToInt(CompletionUsage::promptTokens).sum();
		int completion = prompts.stream().mapToInt(CompletionUsage::completionTokens).sum();
		int cached = prompts.stream().mapToInt(usage -> usage.promptTokensDetails().cachedTokens()).sum();
		return new CompletionUsage(prompt, completion, prompt + completion, new PromptDetails(cached));
	}

	record PromptDetails(int cachedTokens) {
	}

}
