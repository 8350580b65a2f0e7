package dev.corral.openai;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.test.context.TestPropertySource;

import dev.corral.inference.FakeEngine;
import dev.corral.openai.RequestDescriptionIntegrationTests.Recording;
import dev.corral.web.ApiDescription;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;
import dev.corral.web.RequestBody;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the description says about requests is what the parsers do: of every route, for all of them are fuzzed routes. */
@Import(Recording.class)
@TestPropertySource(properties = {"corral.access.required=false", "corral.store.url=h2:mem:${random.uuid}"})
class RequestDescriptionIntegrationTests extends HttpContract {

	/** The keys of a map or a schema are no fields. */
	private static final String FREE = "(.*\\.)?(logit_bias|metadata|chat_template_kwargs|parameters|input_schema)\\..*";

	@Autowired
	private ApiDescription description;

	@Autowired
	private RecordingBody body;

	@TestConfiguration
	static class Recording {

		@Bean
		@Primary
		RecordingBody recordingBody(ApiSettings settings) {
			return new RecordingBody(settings);
		}

	}

	/** Notes which fields of bodies are asked for, by their paths. */
	static final class RecordingBody extends RequestBody {

		private final Set<String> read = new ConcurrentSkipListSet<>();

		RecordingBody(ApiSettings settings) {
			super(settings);
		}

		@Override
		public Mono<JsonNode> read(ServerHttpRequest request) {
			return super.read(request).map(json -> RecordingNode.recording(json, "", read));
		}

		@Override
		public Mono<JsonFields> fieldsIfAny(ServerHttpRequest request) {
			return request.getHeaders().getContentLength() == 0 ? super.fieldsIfAny(request) : fields(request);
		}

		/** The fields since the last time. */
		Set<String> taken() {
			var taken = new TreeSet<>(read);
			read.clear();
			return taken;
		}

	}

	static Stream<FuzzedRoute> routes() {
		var unfindable = new FuzzedRoute("POST", "/v1/responses", FuzzedRoute.UNFINDABLE_RESPONSES, FuzzedRoute.OPENAI);
		return Stream.concat(FuzzedRoute.ALL.stream(), Stream.of(unfindable))
				.map(route -> route.on("llama", "0190c5f0-aaaa-7bbb-8ccc-ddddeeeeffff",
						"0190c5f0-aaaa-7bbb-8ccc-ddddeeeeffff", "0190c5f0-aaaa-7bbb-8ccc-ddddeeeeffff"));
	}

	@Test
	void describesExactlyTheFieldsThatAreRead() {
		var read = new HashMap<JsonNode, Set<String>>();
		engine.answer(_ -> FakeEngine.reply(" ok"));
		routes().forEach(route -> {
			var fields = read.computeIfAbsent(schema(route), _ -> new TreeSet<>());
			route.bodies().forEach(each -> send(route, each));
			fields.addAll(body.taken());
		});

		assertThat(read).allSatisfy((schema, fields) -> {
			var all = DescribedFields.of(description.document(), schema, true);
			fields.removeIf(field -> field.matches(FREE) && !all.contains(field));
			assertThat(all).as("described of %s", schema).containsAll(fields);
			assertThat(fields).as("read of %s", schema)
					.containsAll(DescribedFields.of(description.document(), schema, false));
		});
	}

	@Test
	void readsOfEveryRouteThatTakesABody() {
		var described = new TreeSet<String>();
		description.document().path("paths").properties()
				.forEach(path -> path.getValue().properties().stream()
						.filter(operation -> operation.getValue().has("requestBody"))
						.forEach(operation -> described
								.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));

		assertThat(routes().map(route -> route.method() + " " + template(route))).containsAll(described);
	}

	@ParameterizedTest
	@MethodSource("routes")
	void holdsNumbersAndTextsAndListsToTheLimitsThatItDescribes(FuzzedRoute route) {
		engine.answer(_ -> FakeEngine.reply(" ok"));
		var limits = new Limits(description.document());
		limits.of(schema(route)).forEach((field, values) -> {
			// Whether a value is taken may depend on other fields, so one body that it fits into is enough.
			values.allowed().forEach(value -> assertThat(route.bodies()).as("%s with %s %s", route.path(), field, value)
					.anyMatch(base -> send(route, with(base, field, value)) != 400));
			values.refused().forEach(value -> assertThat(send(route, with(route.bodies().getFirst(), field, value)))
					.as("%s with %s %s", route.path(), field, value).isEqualTo(400));
		});
	}

	private static String with(String base, String field, JsonNode value) {
		return ((ObjectNode) json(base)).set(field, value).toString().replace("\"stream\":true", "\"stream\":false");
	}

	private int send(FuzzedRoute route, String json) {
		return client.method(HttpMethod.valueOf(route.method())).uri(route.path())
				.contentType(MediaType.APPLICATION_JSON).bodyValue(json.replace("MODEL", "llama")).exchange()
				.expectBody().returnResult().getStatus().value();
	}

	private JsonNode schema(FuzzedRoute route) {
		var operation = description.document().path("paths").path(template(route))
				.path(route.method().toLowerCase(Locale.ROOT));
		return operation.at("/requestBody/content/application~1json/schema");
	}

	private static String template(FuzzedRoute route) {
		return route.path().replaceAll("\\?.*", "").replaceAll("/[a-z_-]*0190c5f0[0-9a-f-]*", "/{id}");
	}

	private static JsonNode json(String text) {
		return Json.read(text.getBytes(StandardCharsets.UTF_8));
	}

}
