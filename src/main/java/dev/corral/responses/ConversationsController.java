package dev.corral.responses;

import java.util.List;
import java.util.Map;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.catalog.ModelCatalog;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationChange;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyParameters;
import dev.corral.template.Message;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonResponse;
import dev.corral.web.MetadataParser;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** {@code /v1/conversations}: all conversations of the caller, whichever API has made them. */
@RestController("openAiConversations")
class ConversationsController {

	private static final String CONVERSATIONS = "/v1/conversations";

	private static final String CONVERSATION = CONVERSATIONS + "/{id}";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final Owners owners;

	private final Conversations conversations;

	private final Messages messages;

	private final EarlierMessages earlier;

	private final ModelCatalog catalog;

	ConversationsController(RequestBody body, UnknownFields unknown, Owners owners, Conversations conversations,
			Messages messages, EarlierMessages earlier, ModelCatalog catalog) {
		this.body = body;
		this.unknown = unknown;
		this.owners = owners;
		this.conversations = conversations;
		this.messages = messages;
		this.earlier = earlier;
		this.catalog = catalog;
	}

	@PostMapping(CONVERSATIONS)
	Mono<Void> create(ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		return body.fieldsIfAny(exchange.getRequest())
				.map(fields -> unknown.reading(CONVERSATIONS, fields, ConversationsController::parse))
				.flatMap(asked -> earlier.input(owner, asked.items(), null, null)
						.flatMap(said -> create(owner, asked.metadata(), said)))
				.flatMap(made -> answer(exchange, made));
	}

	private Mono<Conversation> create(Owner owner, Map<String, String> metadata, List<Message> said) {
		// The API does not say who will reply; each response names its model.
		var model = catalog.all().getFirst().name();
		return conversations.create(owner, new NewConversation(null, model, null, ReplyParameters.NONE, metadata))
				.flatMap(made -> said.isEmpty()
						? Mono.just(made)
						: messages.append(owner, made.id(), null, said).thenReturn(made));
	}

	private static Asked parse(JsonFields fields) {
		var metadata = MetadataParser.parse(fields);
		var items = fields.array("items");
		return new Asked(metadata == null ? Map.of() : metadata,
				items == null || items.isEmpty()
						? List.of()
						: InputParser.items(fields, "items", ConversationItemsController.MAX_ITEMS));
	}

	@GetMapping(CONVERSATION)
	Mono<Void> get(@PathVariable String id, ServerWebExchange exchange) {
		return Mono.defer(() -> conversations.find(owners.of(exchange), ApiIds.conversation(id)))
				.flatMap(found -> answer(exchange, found));
	}

	@PostMapping(path = CONVERSATION, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> change(@PathVariable String id, ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(CONVERSATION, fields, ConversationsController::metadata))
				.flatMap(metadata -> conversations.change(owners.of(exchange), ApiIds.conversation(id),
						new ConversationChange(null, null, null, false, null, null, null, metadata), null))
				.flatMap(changed -> answer(exchange, changed));
	}

	private static Map<String, String> metadata(JsonFields fields) {
		var metadata = MetadataParser.parse(fields);
		if (metadata == null) {
			throw fields.invalid("metadata", "is required");
		}
		return metadata;
	}

	@DeleteMapping(CONVERSATION)
	Mono<Void> delete(@PathVariable String id, ServerWebExchange exchange) {
		return Mono.defer(() -> conversations.delete(owners.of(exchange), ApiIds.conversation(id)))
				.then(JsonResponse.write(exchange.getResponse(), new Deleted(id, "conversation.deleted", true)));
	}

	private static Mono<Void> answer(ServerWebExchange exchange, Conversation conversation) {
		return JsonResponse.write(exchange.getResponse(), ConversationObject.of(conversation));
	}

	private record Asked(Map<String, String> metadata, List<InputItem> items) {
	}

	/** {@code DeletedConversationResource} of the OpenAI API. */
	record Deleted(String id, String object, boolean deleted) {
	}

}
