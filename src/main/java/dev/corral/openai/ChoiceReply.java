package dev.corral.openai;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
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
import dev.corral.template.ToolCall;

/** Gathers one reply of a request that is answered in one piece. */
final class ChoiceReply {

	private final StringBuilder content = new StringBuilder();

	private final List<Integer> tokenIds = new ArrayList<>();

	private final List<ToolCallBegun> calls = new ArrayList<>();

	/** Of each call. */
	private final List<StringBuilder> arguments = new ArrayList<>();

	private final List<TokenLogprob> logprobs = new ArrayList<>();

	private @Nullable WindowReport window;

	private @Nullable Finished end;

	/** @throws RuntimeException the failure, if the generation has failed: half a reply is none */
	void add(ReplyEvent event) {
		switch (event) {
			case Generated(Admitted _),Generated(PromptProcessed _) -> {
			}
			case Windowed(var report) -> window = report;
			case ToolCallBegun call -> {
				calls.add(call);
				arguments.add(new StringBuilder());
			}
			case ToolCallArguments part -> arguments.get(part.index()).append(part.part());
			case Generated(TokenDelta delta) -> {
				content.append(delta.text());
				tokenIds.addAll(delta.tokenIds());
				logprobs.addAll(delta.logprobs());
			}
			case Generated(Finished finished) -> end = finished;
			case Generated(Failed failed) -> throw failed.failure();
		}
	}

	String content() {
		return content.toString();
	}

	List<Integer> tokenIds() {
		return tokenIds;
	}

	List<ToolCall> toolCalls() {
		return calls.stream()
				.map(call -> new ToolCall(call.id(), call.name(), arguments.get(call.index()).toString())).toList();
	}

	List<TokenLogprob> logprobs() {
		return logprobs;
	}

	/** What of the conversation was in the prompt; {@code null} if all of it had to be. */
	@Nullable
	WindowReport window() {
		return window;
	}

	/** How it ended. */
	Finished end() {
		if (end == null) {
			throw new IllegalStateException("The engine ended a generation without a terminal event.");
		}
		return end;
	}

	/** The mean of its tokens' log-probabilities; a reply without text is worse than any other. */
	double meanLogprob() {
		return logprobs.stream().mapToDouble(TokenLogprob::logprob).average().orElse(Double.NEGATIVE_INFINITY);
	}

}
