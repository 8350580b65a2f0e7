package dev.corral.responses;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.KeptAnswer;
import dev.corral.conversation.KeptAnswer.Kind;
import dev.corral.conversation.KeptAnswers;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyParameters;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.Attach;
import dev.corral.generation.Replies;
import dev.corral.generation.ReplyAsked;
import dev.corral.generation.ReplyEventId;
import dev.corral.generation.ReplyProgress;
import dev.corral.generation.ReplySettings;
import dev.corral.generation.ReplyStep;
import dev.corral.responses.InputItem.Said;
import dev.corral.template.Role;
import dev.corral.web.Json;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Responses that are stored: each is a reply in a stored conversation, and is written whether anybody reads it or not. What it repeats of
 * its request is kept beside it.
 */
@Component
class StoredResponses {

	private static final int TITLE_CHARACTERS = 60;

	private final Conversations conversations;

	private final Messages messages;

	private final KeptAnswers answers;

	private final EarlierMessages earlier;

	private final Replies replies;

	StoredResponses(Conversations conversations, Messages messages, KeptAnswers answers, EarlierMessages earlier,
			Replies replies) {
		this.conversations = conversations;
		this.messages = messages;
		this.answers = answers;
		this.earlier = earlier;
		this.replies = replies;
	}

	/** Stores what is said and begins to write the response. An error signal means that nothing was stored. */
	Mono<Stored> begin(Owner owner, ResponsesRequest request) {
		return opened(owner, request).flatMap(opened -> {
			var reply = opened.reply();
			var answer = new KeptAnswer(reply.id().value(), Kind.RESPONSE, reply.conversation(), reply.id(),
					Json.write(request.echo()), reply.createdAt());
			return answers.add(owner, answer).thenReturn(new Stored(request.echo(), reply));
		});
	}

	private Mono<OpenedReply> opened(Owner owner, ResponsesRequest request) {
		return switch (request.origin()) {
			case Origin.Nothing _ -> inNewConversation(owner, request);
			// Nobody has told the client of a conversation that others may be busy in, so it waits instead of being refused.
			case Origin.Previous(var response) -> answers.find(owner, Kind.RESPONSE, response.value())
					.flatMap(previous -> send(owner, request, previous.conversation(), previous.message(),
							new Attach.After(previous.message()), true));
			case Origin.Kept(var id) ->
				conversations.find(owner, id).flatMap(conversation -> send(owner, request, id, conversation.leaf(),
						new Attach.ToActiveBranch(), false));
		};
	}

	private Mono<OpenedReply> inNewConversation(Owner owner, ResponsesRequest request) {
		var model = request.model();
		if (model == null) {
			return Mono.error(new IllegalArgumentException("a response to nothing needs a model"));
		}
		return Mono.usingWhen(
				conversations.create(owner,
						new NewConversation(title(request.input()), model, null, ReplyParameters.NONE, Map.of())),
				made -> send(owner, request, made.id(), null, new Attach.ToActiveBranch(), false), _ -> Mono.empty(),
				(made, _) -> conversations.delete(owner, made.id()), made -> conversations.delete(owner, made.id()));
	}

	/** The beginning of what was said: it would be a waste to have the model find a title for each call of a program. */
	private static @Nullable String title(List<InputItem> input) {
		return input.stream().flatMap(item -> item instanceof Said said && said.role() == Role.USER
				? said.text().lines().map(String::strip).filter(line -> !line.isEmpty())
				: Stream.empty()).findFirst().map(StoredResponses::shortened).orElse(null);
	}

	private static String shortened(String line) {
		return line.codePointCount(0, line.length()) <= TITLE_CHARACTERS
				? line
				: line.substring(0, line.offsetByCodePoints(0, TITLE_CHARACTERS - 1)) + "…";
	}

	private Mono<OpenedReply> send(Owner owner, ResponsesRequest request, ConversationId conversation,
			@Nullable MessageId leaf, Attach attach, boolean waits) {
		var settings = new ReplySettings(request.model(), request.echo().instructions(), request.parameters(),
				request.format().constraint(), request.tools(), false);
		return earlier.input(owner, request.input(), conversation, leaf)
				.flatMap(said -> replies.send(owner, conversation, new ReplyAsked(attach, said, settings, waits)));
	}

	Mono<Stored> find(Owner owner, MessageId response) {
		return answer(owner, response).flatMap(answer -> messages.find(owner, answer.message())
				.map(reply -> new Stored(Json.read(answer.body(), ResponseEcho.class), reply)));
	}

	private Mono<KeptAnswer> answer(Owner owner, MessageId response) {
		return answers.find(owner, Kind.RESPONSE, response.value());
	}

	/** What is told about a response, from its beginning. */
	Flux<ReplyProgress> read(Owner owner, MessageId response) {
		return replies.read(owner, response, ReplyEventId.START).map(ReplyStep::progress);
	}

	/** Ends a response that is being written, which keeps what it has; one that has ended stays as it is. */
	Mono<Stored> cancel(Owner owner, MessageId response) {
		return find(owner, response).flatMap(
				found -> replies.stop(owner, response).map(stopped -> new Stored(found.echo(), stopped)));
	}

	/**
	 * Forgets a response. What it has said stays in the conversation that it was asked for in, or as what later responses go on with; a
	 * conversation that responses alone have made is deleted with the last of them.
	 */
	Mono<Void> delete(Owner owner, MessageId response) {
		return answer(owner, response)
				.flatMap(answer -> answers.delete(owner, Kind.RESPONSE, answer.id())
						.then(Mono.defer(() -> deleteIfDone(owner, answer))));
	}

	private Mono<Void> deleteIfDone(Owner owner, KeptAnswer deleted) {
		if (Json.read(deleted.body(), ResponseEcho.class).conversation() != null) {
			return Mono.empty();
		}
		return answers.count(owner, deleted.conversation()).filter(count -> count == 0)
				.flatMap(_ -> conversations.find(owner, deleted.conversation()))
				// Renamed, described or pinned, it is somebody's own.
				.filter(conversation -> conversation.version() == 0)
				.flatMap(conversation -> conversations.delete(owner, conversation.id()));
	}

	/** A stored response. */
	record Stored(ResponseEcho echo, StoredMessage reply) {

		ResponseHead head() {
			var facts = reply.reply();
			return new ResponseHead(reply.id(), reply.createdAt(), facts == null ? "" : facts.model(), echo);
		}

		ResponseObject object() {
			return ResponseObject.of(head(), ReplySoFar.of(reply));
		}

	}

}
