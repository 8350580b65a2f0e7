package dev.corral.generation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
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
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyStateTests {

	private static final WindowReport REPORT = new WindowReport(WindowPolicy.ROLLING, 512, 128, 40, 1, 0, 0, 0, 0);

	private static final Used USED = new Used(new Usage(40, 3, 0), Timings.NONE);

	private static final Done DONE = new Done(MessageStatus.COMPLETE, FinishReason.STOP);

	@Test
	void tellsANewReaderEverythingInOrder() {
		var state = written("Hello, you.", List.of(new ToolCall("a", "find", "{}"), new ToolCall("b", "find", "{}")));

		var told = progress(state.since(ReplyEventId.START));

		assertThat(told).containsExactly(new Queued(3), new Window(REPORT), new Prefill(40, 40, 8),
				new Delta("Hello, you."), new Called(0, new ToolCall("a", "find", "{}")),
				new Called(1, new ToolCall("b", "find", "{}")), USED, DONE);
	}

	@Test
	void tellsAReaderOnlyWhatItHasMissed() {
		var state = new ReplyState("");
		state.queued(0);
		state.append("Hel");
		var place = state.since(ReplyEventId.START).getLast().id();

		state.append("lo");

		assertThat(progress(state.since(place))).containsExactly(new Delta("lo"));
	}

	@Test
	void tellsNothingToAReaderWhoKnowsTheEnd() {
		var state = written("Hello", List.of());
		var end = state.since(ReplyEventId.START).getLast().id();

		assertThat(state.since(end)).isEmpty();
	}

	@Test
	void tellsTheSameTextHoweverOftenAReaderLeavesAndComesBack() {
		var random = new Random(20261123);
		for (int round = 0; round < 200; round++) {
			var state = new ReplyState("");
			var reader = new StringBuilder();
			var place = ReplyEventId.START;
			for (int i = 0; i < 30; i++) {
				state.append(List.of("a", "é", "🦙", "漢字", " \n").get(random.nextInt(5)));
				if (random.nextInt(3) == 0) {
					place = read(state, ReplyEventId.parse("id", place.toString()), reader);
				}
			}
			state.ended(List.of(), USED, DONE);

			read(state, place, reader);

			assertThat(reader).hasToString(state.text());
		}
	}

	@Test
	void neverBeginsWithinACharacter() {
		var state = new ReplyState("");
		state.append("a🦙");

		var told = state.since(new ReplyEventId(Stage.TEXT, 2));

		assertThat(progress(told)).containsExactly(new Delta("🦙"));
	}

	@Test
	void takesAPlaceBeyondTheTextForItsEnd() {
		var state = new ReplyState("short");

		assertThat(state.since(new ReplyEventId(Stage.TEXT, 999_999_999))).isEmpty();
	}

	@Test
	void goesOnWithAContinuedReplyWhereItsTextEnded() {
		var state = new ReplyState("Once upon");
		state.queued(0);
		state.append(" a time");

		var told = state.since(new ReplyEventId(Stage.START, "Once upon".length()));

		assertThat(progress(told)).containsExactly(new Queued(0), new Delta(" a time"));
	}

	@Test
	void tellsAStoredReplyAsItsWriterDid() {
		var facts = new ReplyFacts("cria", REPORT, USED.usage(), FinishReason.STOP, Timings.NONE, null, null,
				Instant.EPOCH);

		var state = ReplyState.of(stored(MessageStatus.COMPLETE, facts));

		assertThat(progress(state.since(ReplyEventId.START))).containsExactly(new Window(REPORT), new Delta("Hello"),
				USED, DONE);
	}

	@Test
	void tellsWhyAStoredReplyHasFailed() {
		var error = new ReplyError("queue_timeout", "It waited too long.");
		var facts = new ReplyFacts("cria", null, null, null, null, null, error, Instant.EPOCH);

		var state = ReplyState.of(stored(MessageStatus.FAILED, facts));

		assertThat(progress(state.since(ReplyEventId.START))).containsExactly(new Delta("Hello"), new Failed(error));
	}

	@Test
	void tellsNoEndOfAReplyThatIsStillWritten() {
		var state = ReplyState.of(stored(MessageStatus.IN_PROGRESS, ReplyFacts.asked("cria")));

		assertThat(progress(state.since(ReplyEventId.START))).containsExactly(new Queued(null), new Delta("Hello"));
	}

	private static ReplyEventId read(ReplyState state, ReplyEventId place, StringBuilder reader) {
		var steps = state.since(place);
		for (var step : steps) {
			if (step.progress() instanceof Delta(var text)) {
				reader.append(text);
			}
		}
		return steps.isEmpty() ? place : steps.getLast().id();
	}

	private static ReplyState written(String text, List<ToolCall> calls) {
		var state = new ReplyState("");
		state.queued(3);
		state.window(REPORT);
		state.prefilled(40, 8);
		state.append(text);
		state.ended(calls, USED, DONE);
		return state;
	}

	private static StoredMessage stored(MessageStatus status, @Nullable ReplyFacts facts) {
		return new StoredMessage(MessageId.next(), ConversationId.next(), MessageId.next(), 1,
				new Message(Role.ASSISTANT, "Hello"), status, null, facts, null, Instant.EPOCH);
	}

	private static List<ReplyProgress> progress(List<ReplyStep> steps) {
		return new ArrayList<>(steps.stream().map(ReplyStep::progress).toList());
	}

}
