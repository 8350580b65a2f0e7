package dev.corral.openai;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.generation.ReplyEvent.Windowed;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.TokenLogprob;

/** Gathers one completion of a request that is answered in one piece. */
final class TextReply {

	private final StringBuilder text = new StringBuilder();

	private final List<Integer> tokenIds = new ArrayList<>();

	private final List<TokenLogprob> logprobs = new ArrayList<>();

	private List<TokenLogprob> promptLogprobs = List.of();

	private @Nullable Finished end;

	/** @throws RuntimeException the failure, if the generation has failed: half a completion is none */
	void add(ReplyEvent event) {
		switch (event) {
			case Generated(Admitted _),ToolCallBegun _,ToolCallArguments _,Windowed _ -> {
			}
			case Generated(PromptProcessed prompt) -> promptLogprobs = prompt.logprobs();
			case Generated(TokenDelta delta) -> {
				text.append(delta.text());
				tokenIds.addAll(delta.tokenIds());
				logprobs.addAll(delta.logprobs());
			}
			case Generated(Finished finished) -> {
				tokenIds.addAll(finished.rest().tokenIds());
				logprobs.addAll(finished.rest().logprobs());
				end = finished;
			}
			case Generated(Failed failed) -> throw failed.failure();
		}
	}

	String text() {
		return text.toString();
	}

	/** All that were generated, also those that are not in the text. */
	List<Integer> tokenIds() {
		return tokenIds;
	}

	/** Of all generated tokens. */
	List<TokenLogprob> logprobs() {
		return logprobs;
	}

	/** Of all tokens of the prompt but the first. */
	List<TokenLogprob> promptLogprobs() {
		return promptLogprobs;
	}

	/** How it ended. */
	Finished end() {
		if (end == null) {
			throw new IllegalStateException("The engine ended a generation without a terminal event.");
		}
		return end;
	}

	/** The mean of its tokens' log-probabilities; a completion without tokens is worse than any other. */
	double meanLogprob() {
		return logprobs.stream().mapToDouble(TokenLogprob::logprob).average().orElse(Double.NEGATIVE_INFINITY);
	}

}
