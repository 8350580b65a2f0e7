package dev.corral.generation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.corral.conversation.MessageId;
import dev.corral.inference.InferenceFailure.WorkerLost;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyErrorsTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(ReplyErrors.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final MessageId reply = MessageId.next();

	@BeforeEach
	void listen() {
		lines.start();
		logger.addAppender(lines);
	}

	@AfterEach
	void leave() {
		logger.detachAppender(lines);
	}

	@Test
	void namesTheReplyInTheTextAndAsAField() {
		var error = ReplyErrors.of(reply, new IllegalStateException("broken"));

		assertThat(error.code()).isEqualTo("internal_error");
		assertThat(lines.list).singleElement().satisfies(line -> {
			assertThat(line.getFormattedMessage()).isEqualTo("Reply " + reply + " failed");
			assertThat(line.getKeyValuePairs()).containsExactly(new KeyValuePair("reply_id", reply.toString()));
		});
	}

	@Test
	void leavesToTheReplyWhatItsReaderCanUnderstand() {
		var error = ReplyErrors.of(reply, new WorkerLost("it has gone"));

		assertThat(error.code()).isEqualTo("worker_lost");
		assertThat(lines.list).isEmpty();
	}

}
