package dev.corral.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.contextwindow.ContextWindow;
import dev.corral.contextwindow.RecallRanking;
import dev.corral.contextwindow.RecallRanking.Candidate;
import dev.corral.contextwindow.SizedMessage;
import dev.corral.contextwindow.Turn;
import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.contextwindow.WindowReport.Places;
import dev.corral.contextwindow.WindowRequest;
import dev.corral.contextwindow.WindowSettings;
import dev.corral.inference.InferenceFailure;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Mono;

/** Fits conversations into their model's context window: plans, fetches what stays, and makes the prompt. Safe for any thread. */
@Component
class ChatWindow {

	/** What a summary begins with where the model reads it. */
	static final String RECAP = "Summary of the conversation so far: ";

	/** Most turns that are searched for what to bring back, the newest of those left out. */
	private static final int SEARCHED_TURNS = 1000;

	/** Sizes are estimates, rather too large; a prompt that is too long all the same is made again this often. */
	private static final int ATTEMPTS = 5;

	private final ContextWindow window;

	private final ChatModels models;

	ChatWindow(WindowSettings settings, ChatModels models) {
		this.window = new ContextWindow(settings);
		this.models = models;
	}

	/**
	 * Plans without making the prompt. Takes milliseconds.
	 *
	 * @param request its messages are the system message alone, or none
	 * @param truncates whether the newest message may be shortened
	 * @throws InferenceFailure.PromptTooLong if what must stay does not fit
	 */
	PlannedWindow plan(ChatModel model, ChatRequest request, List<SizedMessage> said, WindowPolicy policy,
			boolean truncates) {
		var turns = new ArrayList<>(Turn.of(said));
		int pinned = models.sizes(model).pinnedTokens(request.messages(), request.tools().callable());
		int leftOut = 0;
		if (truncates) {
			var newest = turns.getLast();
			int limit = window.newestTurnLimit(windowRequest(model, request, policy, pinned, turns));
			leftOut = Math.max(0, newest.tokens() - limit);
			turns.set(turns.size() - 1, new Turn(newest.first(), newest.end(), newest.tokens() - leftOut));
		}
		var windowRequest = windowRequest(model, request, policy, pinned, turns);
		return new PlannedWindow(windowRequest, window.plan(windowRequest), turns, leftOut);
	}

	private static WindowRequest windowRequest(ChatModel model, ChatRequest request, WindowPolicy policy, int pinned,
			List<Turn> turns) {
		return new WindowRequest(policy, model.contextTokens(), request.maxCompletionTokens(), pinned,
				turns.stream().map(Turn::tokens).toList());
	}

	/** The request with its prompt made by the plan, or a closer one if the prompt turns out too long. */
	Mono<WindowedChat> fit(ChatModel model, ChatRequest request, Said said, PlannedWindow planned) {
		return fit(model, request, said, planned, 1);
	}

	private Mono<WindowedChat> fit(ChatModel model, ChatRequest request, Said said, PlannedWindow planned,
			int attempt) {
		return content(model, request, said, planned)
				.flatMap(content -> OffEventLoop.call(() -> fitted(model, request, planned, content)))
				.flatMap(fitted -> {
					int tokens = fitted.chat().promptTokens();
					if (tokens <= planned.plan().promptTokens() || attempt == ATTEMPTS) {
						return Mono.just(fitted);
					}
					var closer = planned.request().corrected(planned.plan(), tokens);
					return Mono.defer(() -> fit(model, request, said, new PlannedWindow(closer, window.plan(closer),
							planned.turns(), planned.leftOutOfNewest()), attempt + 1));
				});
	}

	private static WindowedChat fitted(ChatModel model, ChatRequest request, PlannedWindow planned, Content content) {
		var newest = new ArrayList<>(content.newest());
		if (planned.leftOutOfNewest() > 0) {
			newest.replaceAll(message -> message.role() == Role.USER
					? shortened(message, planned.leftOutOfNewest(), model)
					: message);
		}
		var messages = Stream
				.of(system(model, request, content.recap()), content.head(), content.kept(),
						content.recalled().messages(), newest)
				.flatMap(List::stream).toList();
		var chat = PreparedChat.of(model, request.withMessages(messages));
		var plan = planned.plan();
		int kept = content.head().size() + content.kept().size() + newest.size();
		var report = new WindowReport(planned.request().policy(), model.contextTokens(), plan.reservedTokens(),
				chat.promptTokens(), kept, planned.leftOut().size(),
				content.recap() == null ? 0 : model.tokens(content.recap()), content.recalled().messages().size(),
				planned.leftOutOfNewest(), planned.request().pinnedTokens(), places(planned, content.recalled()));
		return new WindowedChat(chat, report);
	}

	private static @Nullable Places places(PlannedWindow planned, Recalled recalled) {
		var leftOut = planned.leftOut();
		return leftOut.isEmpty()
				? null
				: new Places(leftOut.getFirst(), leftOut.getLast() + 1, recalled.places());
	}

	private static Message shortened(Message message, int leftOut, ChatModel model) {
		int most = Math.max(1, model.tokens(message.content()) - leftOut);
		return new Message(message.role(),
				model.shortened(message.content(), most));
	}

	private static List<Message> system(ChatModel model, ChatRequest request, @Nullable String recap) {
		if (recap == null) {
			return request.messages();
		}
		var given = request.messages().isEmpty()
				? model.template().defaultSystem()
				: request.messages().stream().map(Message::content).collect(Collectors.joining("\n\n"));
		return List.of(new Message(Role.SYSTEM, (given + "\n\n" + RECAP + recap).strip()));
	}

	private Mono<Content> content(ChatModel model, ChatRequest request, Said said, PlannedWindow planned) {
		var recap = planned.plan().recapTokens() == 0 || planned.leftOut().isEmpty()
				? Mono.<List<String>>just(List.of())
				: said.recap(planned.leftOut().getLast() + 1, planned.plan().recapTokens()).map(List::of);
		return recap.flatMap(recaps -> Mono
				.zip(said.at(planned.head()), said.at(planned.kept()), said.at(planned.newest()))
				.flatMap(parts -> recalled(said, planned, parts.getT3())
						.map(recalled -> new Content(recaps.isEmpty() ? null : recaps.getFirst(), parts.getT1(),
								recalled, parts.getT2(), parts.getT3()))));
	}

	private static Mono<Recalled> recalled(Said said, PlannedWindow planned, List<Message> newest) {
		var leftOut = planned.turnsLeftOut();
		int room = planned.plan().recallTokens();
		if (room == 0 || leftOut.isEmpty()) {
			return Mono.just(Recalled.NOTHING);
		}
		var searched = leftOut.subList(Math.max(0, leftOut.size() - SEARCHED_TURNS), leftOut.size());
		var places = new ArrayList<Integer>();
		searched.forEach(turn -> {
			for (int place = turn.first(); place < turn.end(); place++) {
				places.add(place);
			}
		});
		return said.at(places).flatMap(messages -> OffEventLoop.call(() -> {
			Map<Integer, Message> byPlace = new HashMap<>();
			for (int i = 0; i < messages.size(); i++) {
				byPlace.put(places.get(i), messages.get(i));
			}
			var candidates = searched.stream().map(turn -> new Candidate(text(turn, byPlace), turn.tokens())).toList();
			var question = newest.stream().filter(message -> message.role() == Role.USER).map(Message::content)
					.collect(Collectors.joining("\n"));
			var picked = RecallRanking.pick(question, candidates, room).stream().map(searched::get)
					.flatMapToInt(turn -> IntStream.range(turn.first(), turn.end())).boxed()
					.filter(byPlace::containsKey).toList();
			return new Recalled(picked,
					picked.stream().flatMap(place -> Stream.ofNullable(byPlace.get(place))).toList());
		}));
	}

	private static Stream<Message> messages(Turn turn, Map<Integer, Message> byPlace) {
		return Stream.iterate(turn.first(), place -> place < turn.end(), place -> place + 1)
				.flatMap(place -> Stream.ofNullable(byPlace.get(place)));
	}

	private static String text(Turn turn, Map<Integer, Message> byPlace) {
		return messages(turn, byPlace).map(Message::content).collect(Collectors.joining("\n"));
	}

	/** What goes into the prompt beside the system message. */
	private record Content(@Nullable String recap, List<Message> head, Recalled recalled, List<Message> kept,
			List<Message> newest) {
	}

	/** Messages that are brought back, and their places. */
	private record Recalled(List<Integer> places, List<Message> messages) {

		static final Recalled NOTHING = new Recalled(List.of(), List.of());

	}

}
