package dev.corral.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/** Serves {@link ApiDescription} for programs and, without a script, for people. */
@RestController
class ApiDescriptionController {

	private static final MediaType CSS = MediaType.valueOf("text/css;charset=UTF-8");

	private static final MediaType HTML = MediaType.valueOf("text/html;charset=UTF-8");

	private final ApiDescription description;

	private final byte[] page;

	private final byte[] style;

	ApiDescriptionController(ApiDescription description) throws IOException {
		this.description = description;
		this.page = new ApiPage(description.document()).html().getBytes(StandardCharsets.UTF_8);
		try (var resource = Objects.requireNonNull(ApiPage.class.getResourceAsStream("docs.css"))) {
			this.style = resource.readAllBytes();
		}
	}

	@GetMapping("/openapi.json")
	Mono<Void> json(ServerWebExchange exchange) {
		return JsonResponse.write(exchange.getResponse(), description.document());
	}

	@GetMapping("/docs")
	Mono<Void> page(ServerWebExchange exchange) {
		return write(exchange.getResponse(), HTML, page);
	}

	@GetMapping("/docs.css")
	Mono<Void> style(ServerWebExchange exchange) {
		return write(exchange.getResponse(), CSS, style);
	}

	private static Mono<Void> write(ServerHttpResponse response, MediaType type, byte[] content) {
		response.getHeaders().setContentType(type);
		response.getHeaders().setContentLength(content.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(content)));
	}

}
