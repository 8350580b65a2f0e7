package dev.corral.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ReplyFacts;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.ToolCall;

/**
 * What one generation of a reply has come to, counted from its events so that it is known when it is cut short, too. Used by one thread at
 * a time.
 */
final class ReplyCounts {

	private final long begunNanos;

	private int promptTokens;

	private int cachedTokens;

	private int completionTokens;

	private @Nullable Duration timeToFirstToken;

	private @Nullable Finished finished;

	private final List<ToolCall> calls = new ArrayList<>();

	ReplyCounts(long nowNanos) {
		begunNanos = nowNanos;
	}

	void prompt(PromptProcessed processed) {
		promptTokens = processed.promptTokens();
		cachedTokens = processed.cachedTokens();
	}

	void delta(TokenDelta delta, long nowNanos) {
		completionTokens += delta.tokenIds().size();
		if (timeToFirstToken == null) {
			timeToFirstToken = Duration.ofNanos(nowNanos - begunNanos);
		}
	}

	void callBegun(String id, String name) {
		calls.add(new ToolCall(id, name, ""));
	}

	void callArguments(int index, String part) {
		var call = calls.get(index);
		calls.set(index, new ToolCall(call.id(), call.name(), call.arguments() + part));
	}

	void finished(Finished finished) {
		this.finished = finished;
	}

	void failed(Failed failed) {
		var usage = failed.usage();
		promptTokens = usage.promptTokens();
		cachedTokens = usage.cachedTokens();
		completionTokens = usage.completionTokens();
	}

	List<ToolCall> calls() {
		return List.copyOf(calls);
	}

	@Nullable
	FinishReason finishReason() {
		return finished == null ? null : finished.reason();
	}

	Timings timings() {
		return finished == null ? Timings.NONE : finished.timings();
	}

	/** Tokens of this generation and of those before it that the same reply had. */
	Usage usage(@Nullable ReplyFacts before) {
		var now = finished == null ? new Usage(promptTokens, completionTokens, cachedTokens) : finished.usage();
		var earlier = before == null ? null : before.usage();
		return earlier == null
				? now
				: new Usage(earlier.promptTokens() + now.promptTokens(),
						earlier.completionTokens() + now.completionTokens(),
						earlier.cachedTokens() + now.cachedTokens());
	}

	@Nullable
	Duration timeToFirstToken() {
		return timeToFirstToken;
	}

}
