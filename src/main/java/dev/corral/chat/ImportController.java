package dev.corral.chat;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.conversation.exchange.BrokenFile;
import dev.corral.conversation.exchange.ConversationFormat;
import dev.corral.conversation.exchange.ConversationImport;
import dev.corral.conversation.exchange.ImportModels;
import dev.corral.inference.AllowedModels;
import dev.corral.inference.InferenceFailure;
import dev.corral.web.ApiErrors;
import dev.corral.web.ApiSettings;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.JsonLines;
import dev.corral.web.QueryFields;
import dev.corral.web.RequestIdFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes files of conversations of any length, and answers with a line for each conversation as soon as it is stored. */
@RestController
class ImportController {

	private final ConversationImport imports;

	private final ModelCatalog catalog;

	private final ConversationOwners owners;

	private final ApiSettings settings;

	private final ChatSettings limits;

	ImportController(ConversationImport imports, ModelCatalog catalog, ConversationOwners owners,
			ApiSettings settings, ChatSettings limits) {
		this.imports = imports;
		this.catalog = catalog;
		this.owners = owners;
		this.settings = settings;
		this.limits = limits;
	}

	@PostMapping("/api/import")
	Mono<Void> upload(ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		var format = format(query);
		var lines = AllowedModels.current().flatMapMany(allowed -> imports
				.upload(owners.of(exchange), body(exchange.getRequest()), format, models(query, allowed),
						limits.maxImport().toBytes()))
				.onErrorMap(BrokenFile.class, ImportController::refused);
		return JsonLines.write(exchange.getResponse(), Flux.defer(() -> {
			var count = new ImportCount();
			var begun = new AtomicBoolean();
			return lines.map(count::line).concatWith(Mono.fromSupplier(count::total)).doOnNext(_ -> begun.set(true))
					.onErrorResume(failure -> begun.get()
							? Mono.just(error(failure, exchange))
							: Mono.error(failure));
		}));
	}

	/** The body, none of whose parts may take longer than the whole of others. */
	private Flux<DataBuffer> body(ServerHttpRequest request) {
		if (request.getHeaders().containsHeader(HttpHeaders.CONTENT_ENCODING)) {
			throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
					"The request body must not be compressed: send it without Content-Encoding.");
		}
		return request.getBody().timeout(settings.bodyTimeout()).onErrorMap(TimeoutException.class,
				_ -> new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT,
						"Nothing of the request body arrived within the limit of %d ms."
								.formatted(settings.bodyTimeout().toMillis())));
	}

	private static @Nullable ConversationFormat format(QueryFields query) {
		var name = query.string("format");
		return name == null ? null : ConversationFormat.of("format", name);
	}

	private ImportModels models(QueryFields query, AllowedModels allowed) {
		var served = catalog.all().stream().map(CatalogModel::name).filter(allowed::contains)
				.collect(Collectors.toSet());
		var otherwise = catalog.nameOrOnly(query.string("model"));
		if (!served.contains(otherwise)) {
			throw new InferenceFailure.ModelNotFound(otherwise);
		}
		return new ImportModels(served, otherwise);
	}

	private static ResponseStatusException refused(BrokenFile failure) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, failure.getMessage());
	}

	private static String error(Throwable failure, ServerWebExchange exchange) {
		return JsonLines.line(ErrorEnvelope.of(ApiErrors.of(failure, RequestIdFilter.idOf(exchange))));
	}

}
