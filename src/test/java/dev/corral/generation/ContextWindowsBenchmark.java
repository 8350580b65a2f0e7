package dev.corral.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyParameters;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.ReplyProgress.Done;
import dev.corral.template.Message;
import dev.corral.template.Role;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What windows cost and what they forget: conversations of 300 turns, more than ten times the window, under each policy. The window is as
 * long as the conversations that Cria was trained with.
 */
@Tag("benchmark")
@TestPropertySource(properties = {"corral.replies.titles=false", "corral.model-defaults.context-tokens=1024"})
class ContextWindowsBenchmark extends RealApplication {

	private static final Logger log = LoggerFactory.getLogger(ContextWindowsBenchmark.class);

	private static final int TURNS = 300;

	private static final Duration LONGEST = Duration.ofMinutes(2);

	private static final List<String> CAPITALS = List.of("France", "Italy", "Spain", "Norway", "Japan", "Peru", "Egypt",
			"Kenya", "Poland", "Austria", "Greece", "Cuba");

	@Autowired
	Replies replies;

	@Autowired
	Conversations conversations;

	@Autowired
	Messages messages;

	@ParameterizedTest
	@EnumSource(value = WindowPolicy.class, names = "STRICT", mode = EnumSource.Mode.EXCLUDE)
	void talksForThreeHundredTurns(WindowPolicy policy) {
		var owner = new Owner("benchmark");
		var parameters = new ReplyParameters(64, 0f, null, null, null, null, null, null, null, null, policy);
		var conversation = conversations.create(owner, new NewConversation(null, MODEL, null, parameters, Map.of()))
				.blockOptional(LONGEST).orElseThrow();
		var random = new Random(5);
		var times = new ArrayList<Long>();
		long prompt = 0;
		long cached = 0;
		long completion = 0;
		var last = say(owner, conversation, "My name is Ada.");
		for (int turn = 2; turn < TURNS; turn++) {
			last = say(owner, conversation, question(random));
			var facts = Objects.requireNonNull(last.reply());
			times.add(Objects.requireNonNull(facts.timeToFirstToken()).toMillis());
			var usage = Objects.requireNonNull(facts.usage());
			prompt += usage.promptTokens();
			cached += usage.cachedTokens();
			completion += usage.completionTokens();
		}
		var answer = say(owner, conversation, "What is my name?");

		times.sort(null);
		log.info("{}: prompts {} tokens, prefilled {}, replies {}, TTFT p50 {} ms, p95 {} ms; turn 300: {} {}",
				policy.id(), prompt, prompt - cached, completion, times.get(times.size() / 2),
				times.get(times.size() * 95 / 100), answer.message().content(),
				Objects.requireNonNull(answer.reply()).window());
	}

	private StoredMessage say(Owner owner, Conversation conversation, String text) {
		var opened = replies.send(owner, conversation.id(), new ReplyAsked(new Attach.ToActiveBranch(),
				List.of(new Message(Role.USER, text)), ReplySettings.NONE, false)).blockOptional(LONGEST).orElseThrow();
		var end = replies.read(owner, opened.reply().id(), ReplyEventId.START).blockLast(LONGEST);
		assertThat(end).isNotNull().extracting(ReplyStep::progress).isInstanceOf(Done.class);
		return messages.find(owner, opened.reply().id()).blockOptional(LONGEST).orElseThrow();
	}

	private static String question(Random random) {
		return switch (random.nextInt(5)) {
			case 0 -> "What is the capital of %s?".formatted(CAPITALS.get(random.nextInt(CAPITALS.size())));
			case 1 -> "What is %d + %d?".formatted(random.nextInt(20), random.nextInt(20));
			case 2 -> "Tell me a short story.";
			case 3 -> "Count to %d.".formatted(5 + random.nextInt(10));
			default -> "Write a short poem.";
		};
	}

}
