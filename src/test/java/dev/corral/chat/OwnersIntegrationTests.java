package dev.corral.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import dev.corral.access.TestCallers;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing of a caller's is there for another one, whichever route is asked. */
class OwnersIntegrationTests extends ChatContract {

	private static final String STRANGER = "eve";

	/** Has nothing at all. */
	private static final String NEWCOMER = "mallory";

	/** Good for every route that takes one: each ignores what it does not know. */
	private static final String BODY = "{\"model\":\"llama\",\"content\":\"hi\",\"message_id\":\"%s\",\"rating\":\"up\",\"title\":\"mine\"}";

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	@Test
	void findsNothingOfAnother() {
		var conversation = conversation();
		var reply = Sse.reply(say(conversation, "zebra"));
		var question = text(branch(conversation).getFirst(), "id");
		var before = get(messages(conversation) + "?view=tree");

		var routes = routes();

		assertThat(routes).hasSizeGreaterThan(15);
		for (var route : routes) {
			for (var id : route.path().contains("/api/conversations/")
					? List.of(conversation)
					: List.of(question, reply)) {
				var response = ask(route.method(), route.path().replaceAll("\\{[^}]*}", id), BODY.formatted(reply));

				response.expectStatus().isEqualTo(404).expectBody().jsonPath("$.error.code").isEqualTo("not_found");
			}
		}
		assertThat(get(messages(conversation) + "?view=tree")).isEqualTo(before);
		assertThat(get(ALL + "/" + conversation).path("title").stringValue("")).isNotEqualTo("mine");
		assertThat(get("/api/replies/" + reply).path("feedback").isNull()).isTrue();
	}

	@Test
	void listsAndFindsOnlyWhatIsTheCallers() {
		say(conversation(), "zebra");

		for (var path : List.of(ALL, ALL + "?archived=true", ALL + "/search?q=zebra")) {
			var answer = Objects.requireNonNull(
					client.get().uri(path).header(TestCallers.CALLER, NEWCOMER).exchange().expectStatus().isOk()
							.expectBody(String.class).returnResult().getResponseBody());

			assertThat(answer).isIn("{\"conversations\":[],\"next\":null}", "{\"hits\":[],\"next\":null}");
		}
	}

	@Test
	void putsNothingAfterTheMessagesOfAnother() {
		var reply = Sse.reply(say(conversation(), "hi"));
		var own = text(json(ask(HttpMethod.POST, ALL, "{\"model\":\"llama\"}")), "id");

		assertRefused(ask(HttpMethod.POST, messages(own),
				"{\"content\":\"hi\",\"parent_id\":\"%s\"}".formatted(reply)), 404, "not_found");
		assertRefused(ask(HttpMethod.POST, "%s/%s/branch".formatted(ALL, own),
				"{\"message_id\":\"%s\"}".formatted(reply)), 404, "not_found");
		assertRefused(ask(HttpMethod.GET, messages(own) + "?before=" + reply, null), 404, "not_found");
	}

	/** The routes of this module that name something. */
	private List<Route> routes() {
		var routes = new ArrayList<Route>();
		mappings.getHandlerMethods().forEach((mapping, handler) -> {
			if (handler.getBeanType().getPackage().equals(ConversationOwners.class.getPackage())) {
				mapping.getMethodsCondition().getMethods()
						.forEach(method -> mapping.getPatternsCondition().getPatterns()
								.forEach(pattern -> routes.add(
										new Route(HttpMethod.valueOf(method.name()), pattern.getPatternString()))));
			}
		});
		routes.removeIf(route -> !route.path().contains("{"));
		return routes;
	}

	private WebTestClient.ResponseSpec ask(HttpMethod method, String path, @Nullable String body) {
		var request = client.method(method).uri(path).header(TestCallers.CALLER, STRANGER);
		return body == null || method.equals(HttpMethod.GET)
				? request.exchange()
				: request.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private record Route(HttpMethod method, String path) {
	}

}
