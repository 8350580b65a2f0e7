package dev.corral.generation;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Messages;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Segment;
import dev.corral.conversation.Segments;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.SamplingParameters;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Mono;

/**
 * The running summaries of conversations. What is cut is folded by the model into the summary of what was cut before, as much at a time
 * as fits its window, and every summary is stored with its segment, so none is written twice.
 */
@Component
class Recaps {

	/** The words are of the kind that the model which comes with Corral was trained with; others understand them as well. */
	static final String QUESTION = "Summarize the conversation. Keep the important facts about the user.";

	/** Room for the template, the question and the names of the speakers. */
	private static final int OVERHEAD_TOKENS = 128;

	private static final int OVERHEAD_PER_MESSAGE = 8;

	private final Segments segments;

	private final Messages messages;

	private final ModelAnswer answer;

	private final Clock clock = Clock.systemUTC();

	Recaps(Segments segments, Messages messages, ModelAnswer answer) {
		this.segments = segments;
		this.messages = messages;
		this.answer = answer;
	}

	/**
	 * The summary of a branch's beginning.
	 *
	 * @param cut the messages that are left out, from the first on; not empty
	 * @param tokens how many tokens each of them has
	 * @param maxTokens longest summary
	 */
	Mono<String> of(Owner owner, ConversationId conversation, List<MessageId> cut, List<Integer> tokens,
			WindowPolicy policy, ChatModel model, int maxTokens) {
		var places = new HashMap<MessageId, Integer>();
		cut.forEach(id -> places.put(id, places.size()));
		return segments.find(owner, conversation)
				.map(segment -> new Recap(places.getOrDefault(segment.last(), -1) + 1,
						Objects.requireNonNullElse(segment.recap(), "")))
				.filter(recap -> recap.messages() > 0 && !recap.text().isEmpty())
				.reduce((one, other) -> other.messages() >= one.messages() ? other : one)
				.defaultIfEmpty(new Recap(0, ""))
				.expand(recap -> recap.messages() == cut.size()
						? Mono.empty()
						: next(owner, conversation, recap, cut, tokens, policy, model, maxTokens))
				.last().map(Recap::text);
	}

	private Mono<Recap> next(Owner owner, ConversationId conversation, Recap recap, List<MessageId> cut,
			List<Integer> tokens, WindowPolicy policy, ChatModel model, int maxTokens) {
		int room = Math.max(1, model.contextTokens() - 2 * maxTokens - OVERHEAD_TOKENS);
		int end = recap.messages();
		for (int used = 0; end < cut.size(); end++) {
			used += Math.min(tokens.get(end), room / 2) + OVERHEAD_PER_MESSAGE;
			if (used > room && end > recap.messages()) {
				break;
			}
		}
		var part = cut.subList(recap.messages(), end);
		int until = end;
		return messages.find(owner, conversation, part).collectList()
				.flatMap(said -> OffEventLoop.call(() -> question(owner, recap, said, model, room / 2, maxTokens)))
				.flatMap(answer::of)
				.flatMap(text -> segments.add(owner, conversation,
						new Segment(part.getFirst(), part.getLast(), policy, text, model.tokens(text), clock.instant()))
						.thenReturn(new Recap(until, text)));
	}

	private static ChatRequest question(Owner owner, Recap recap, List<StoredMessage> said, ChatModel model,
			int longest, int maxTokens) {
		var text = new StringBuilder(QUESTION).append("\n\n");
		if (!recap.text().isEmpty()) {
			text.append("Summary so far: ").append(recap.text()).append("\n\nNew messages:\n");
		}
		text.append(said.stream().map(message -> line(message.message(), model, longest))
				.collect(Collectors.joining("\n")));
		return new ChatRequest(model.name(), List.of(new Message(Role.USER, text.toString())), maxTokens,
				SamplingParameters.GREEDY, List.of()).withTenant(owner.name());
	}

	private static String line(Message message, ChatModel model, int longest) {
		var speaker = message.role().name().toLowerCase(Locale.ROOT);
		return Character.toUpperCase(speaker.charAt(0)) + speaker.substring(1) + ": "
				+ model.shortened(message.content(), longest);
	}

	/**
	 * @param messages how many messages it tells of
	 * @param text empty before the first
	 */
	private record Recap(int messages, String text) {
	}

}
