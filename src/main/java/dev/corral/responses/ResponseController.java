package dev.corral.responses;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.inference.InvalidParameter;
import dev.corral.responses.ItemPages.Wanted;
import dev.corral.responses.StoredResponses.Stored;
import dev.corral.web.JsonResponse;
import dev.corral.web.QueryFields;
import reactor.core.publisher.Mono;

/** {@code /v1/responses/{id}} and below: responses that are stored, whether they have ended or not. */
@RestController
class ResponseController {

	private final Owners owners;

	private final StoredResponses responses;

	private final ItemPages items;

	private final ResponseFrames frames;

	ResponseController(Owners owners, StoredResponses responses, ItemPages items, ResponseFrames frames) {
		this.owners = owners;
		this.responses = responses;
		this.items = items;
		this.frames = frames;
	}

	/** With {@code stream=true} as events, perhaps only those that follow on {@code starting_after}. */
	@GetMapping("/v1/responses/{id}")
	Mono<Void> get(@PathVariable String id, ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		int after = after(query);
		return find(id, exchange).flatMap(found -> query.flag("stream")
				? frames.stored(exchange, found.head(), after,
						responses.read(owners.of(exchange), found.reply().id()))
				: JsonResponse.write(exchange.getResponse(), found.object()));
	}

	private static int after(QueryFields query) {
		int after = query.integer("starting_after", ResponseStream.FROM_THE_BEGINNING);
		if (after < ResponseStream.FROM_THE_BEGINNING) {
			throw new InvalidParameter("starting_after", "must be 0 or more, but is " + after);
		}
		return after;
	}

	@DeleteMapping("/v1/responses/{id}")
	Mono<Void> delete(@PathVariable String id, ServerWebExchange exchange) {
		return Mono.defer(() -> responses.delete(owners.of(exchange), ApiIds.response(id)))
				.then(JsonResponse.write(exchange.getResponse(), new Deleted(id, "response", true)));
	}

	@PostMapping("/v1/responses/{id}/cancel")
	Mono<Void> cancel(@PathVariable String id, ServerWebExchange exchange) {
		return Mono.defer(() -> responses.cancel(owners.of(exchange), ApiIds.response(id)))
				.flatMap(stopped -> JsonResponse.write(exchange.getResponse(), stopped.object()));
	}

	/** All that the response was generated from, also what it went on with. */
	@GetMapping("/v1/responses/{id}/input_items")
	Mono<Void> inputItems(@PathVariable String id, ServerWebExchange exchange) {
		var wanted = Wanted.of(new QueryFields(exchange.getRequest()));
		return find(id, exchange)
				.flatMap(found -> items.page(owners.of(exchange), found.reply().conversation(), found.reply().parent(),
						wanted))
				.flatMap(page -> JsonResponse.write(exchange.getResponse(), page));
	}

	private Mono<Stored> find(String id, ServerWebExchange exchange) {
		return Mono.defer(() -> responses.find(owners.of(exchange), ApiIds.response(id)));
	}

	record Deleted(String id, String object, boolean deleted) {
	}

}
