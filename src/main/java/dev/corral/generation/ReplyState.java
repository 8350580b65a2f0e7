package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.ReplyEventId.Stage;
import dev.corral.generation.ReplyProgress.Called;
import dev.corral.generation.ReplyProgress.Delta;
import dev.corral.generation.ReplyProgress.Done;
import dev.corral.generation.ReplyProgress.Failed;
import dev.corral.generation.ReplyProgress.Prefill;
import dev.corral.generation.ReplyProgress.Queued;
import dev.corral.generation.ReplyProgress.Used;
import dev.corral.generation.ReplyProgress.Window;
import dev.corral.template.ToolCall;

/**
 * All that is known of a reply, from which a reader at any place can be told what it has missed. Not safe for several threads at once.
 */
final class ReplyState {

	private final StringBuilder text;

	private List<ToolCall> calls = List.of();

	private @Nullable Queued queued;

	private @Nullable Window window;

	private @Nullable Prefill prefill;

	private @Nullable Used used;

	/** {@link Done} or {@link Failed}, once it has ended. */
	private @Nullable ReplyProgress end;

	ReplyState(String text) {
		this.text = new StringBuilder(text);
	}

	/** A reply as the store has it. */
	static ReplyState of(StoredMessage stored) {
		var state = new ReplyState(stored.message().content());
		state.calls = stored.message().toolCalls();
		var facts = stored.reply();
		if (facts != null) {
			state.accept(stored, facts);
		}
		return state;
	}

	private void accept(StoredMessage stored, ReplyFacts facts) {
		if (facts.window() != null) {
			window = new Window(facts.window());
		}
		if (stored.status().running()) {
			queued = new Queued(null);
			return;
		}
		if (facts.usage() != null && facts.timings() != null) {
			used = new Used(facts.usage(), facts.timings());
		}
		var error = facts.error();
		end = error == null ? new Done(stored.status(), facts.finishReason()) : new Failed(error);
	}

	void queued(int position) {
		queued = new Queued(position);
	}

	void window(WindowReport report) {
		window = new Window(report);
	}

	void prefilled(int promptTokens, int cachedTokens) {
		prefill = new Prefill(promptTokens, promptTokens, cachedTokens);
	}

	void append(String delta) {
		text.append(delta);
	}

	void ended(List<ToolCall> calls, Used used, ReplyProgress end) {
		this.calls = calls;
		this.used = used;
		this.end = end;
	}

	void failed(ReplyError error) {
		end = new Failed(error);
	}

	/** Somebody else has ended the reply. */
	void endedLike(ReplyState stored) {
		used = stored.used;
		end = stored.end;
	}

	String text() {
		return text.toString();
	}

	@Nullable
	WindowReport windowReport() {
		return window == null ? null : window.report();
	}

	/** What a reader who is at this place has not been told, in order; empty if there is nothing new. */
	List<ReplyStep> since(ReplyEventId id) {
		var steps = new ArrayList<ReplyStep>();
		int told = wholeCharacters(id.characters());
		var stage = id.stage();
		tell(steps, stage, Stage.QUEUED, told, queued);
		tell(steps, stage, Stage.WINDOW, told, window);
		tell(steps, stage, Stage.PREFILL, told, prefill);
		if (text.length() > told) {
			steps.add(new ReplyStep(new ReplyEventId(Stage.TEXT, text.length()), new Delta(text.substring(told))));
		}
		if (end != null) {
			if (stage.compareTo(Stage.CALLS) < 0) {
				for (int i = 0; i < calls.size(); i++) {
					// A reader that leaves between two calls is told all of them again.
					var at = i == calls.size() - 1 ? Stage.CALLS : Stage.TEXT;
					steps.add(new ReplyStep(new ReplyEventId(at, text.length()), new Called(i, calls.get(i))));
				}
			}
			tell(steps, stage, Stage.USED, text.length(), used);
			tell(steps, stage, Stage.ENDED, text.length(), end);
		}
		return steps;
	}

	private static void tell(List<ReplyStep> steps, Stage reader, Stage stage, int characters,
			@Nullable ReplyProgress progress) {
		if (progress != null && reader.compareTo(stage) < 0) {
			steps.add(new ReplyStep(new ReplyEventId(stage, characters), progress));
		}
	}

	/** A place in the text that exists and is not within a character. */
	private int wholeCharacters(int told) {
		int at = Math.min(told, text.length());
		return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
	}

}
