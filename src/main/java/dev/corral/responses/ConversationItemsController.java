package dev.corral.responses;

import java.util.List;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.Conversations;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.responses.ItemPages.Wanted;
import dev.corral.web.JsonResponse;
import dev.corral.web.QueryFields;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** {@code /v1/conversations/{id}/items}: what is said on the active branch of a conversation. */
@RestController("openAiConversationItems")
class ConversationItemsController {

	/** As many as OpenAI takes at once. */
	static final int MAX_ITEMS = 20;

	private static final String ITEMS = "/v1/conversations/{id}/items";

	private static final String ITEM = ITEMS + "/{item}";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final Owners owners;

	private final Conversations conversations;

	private final Messages messages;

	private final EarlierMessages earlier;

	private final ItemPages pages;

	ConversationItemsController(RequestBody body, UnknownFields unknown, Owners owners, Conversations conversations,
			Messages messages, EarlierMessages earlier, ItemPages pages) {
		this.body = body;
		this.unknown = unknown;
		this.owners = owners;
		this.conversations = conversations;
		this.messages = messages;
		this.earlier = earlier;
		this.pages = pages;
	}

	@PostMapping(path = ITEMS, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> add(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(ITEMS, fields,
						asked -> InputParser.items(asked, "items", MAX_ITEMS)))
				.flatMap(items -> conversations.find(owner, ApiIds.conversation(id))
						.flatMap(found -> earlier.input(owner, items, found.id(), found.leaf())
								.flatMap(said -> messages.append(owner, found.id(), found.leaf(), said))))
				.flatMap(added -> JsonResponse.write(exchange.getResponse(), ItemList.of(items(added), false)));
	}

	private static List<Item> items(List<StoredMessage> messages) {
		return messages.stream().flatMap(message -> Item.of(message).stream()).toList();
	}

	@GetMapping(ITEMS)
	Mono<Void> list(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var wanted = Wanted.of(new QueryFields(exchange.getRequest()));
		return Mono.defer(() -> conversations.find(owner, ApiIds.conversation(id)))
				.flatMap(found -> pages.page(owner, found.id(), found.leaf(), wanted))
				.flatMap(page -> JsonResponse.write(exchange.getResponse(), page));
	}

	@GetMapping(ITEM)
	Mono<Void> get(@PathVariable String id, @PathVariable String item, ServerWebExchange exchange) {
		return find(owners.of(exchange), id, item)
				.flatMap(found -> JsonResponse.write(exchange.getResponse(), found));
	}

	/** Never possible: what follows on an item was written with it. */
	@DeleteMapping(ITEM)
	Mono<Void> delete(@PathVariable String id, @PathVariable String item, ServerWebExchange exchange) {
		return find(owners.of(exchange), id, item).flatMap(_ -> Mono.error(new NotPossible(
				"A single item cannot be deleted, for what follows on it was written with it. Delete the conversation.")));
	}

	private Mono<Item> find(Owner owner, String conversation, String item) {
		return Mono.defer(() -> {
			var id = ApiIds.conversation(conversation);
			var wanted = ItemId.parse(item);
			return messages.find(owner, wanted.message()).filter(found -> found.conversation().equals(id))
					.flatMapIterable(Item::of).filter(found -> found.id().equals(item)).next()
					.switchIfEmpty(Mono.error(() -> new NotFound("item", item)));
		});
	}

}
