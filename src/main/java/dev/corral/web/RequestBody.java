package dev.corral.web;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a request's body as JSON, within the limit. */
@Component
public class RequestBody {

	private final int maxBytes;

	public RequestBody(ApiSettings settings) {
		this.maxBytes = Math.toIntExact(settings.maxBody().toBytes());
		if (maxBytes < 1) {
			throw new IllegalArgumentException(
					"corral.api.max-body must be 1 byte or more, but is %d bytes".formatted(maxBytes));
		}
	}

	/** The body; an error signal is a {@link ResponseStatusException} that tells the client what is wrong with it. */
	public Mono<JsonNode> read(ServerHttpRequest request) {
		// Known beforehand, so that nothing needs to be read.
		if (request.getHeaders().getContentLength() > maxBytes) {
			return Mono.error(tooLarge());
		}
		return DataBufferUtils.join(request.getBody(), maxBytes)
				.onErrorMap(DataBufferLimitException.class, _ -> tooLarge()).map(RequestBody::bytes)
				.map(RequestBody::json)
				.switchIfEmpty(Mono.error(RequestBody::empty));
	}

	/** The fields of the body, which must be a JSON object; errors as of {@link #read}. */
	public Mono<JsonFields> fields(ServerHttpRequest request) {
		return read(request).map(RequestBody::object);
	}

	private static JsonFields object(JsonNode body) {
		if (!body.isObject()) {
			throw new ServerWebInputException("The request body must be a JSON object.");
		}
		return JsonFields.ofBody(body);
	}

	private static byte[] bytes(DataBuffer buffer) {
		var bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static JsonNode json(byte[] bytes) {
		JsonNode body;
		try {
			body = Json.read(bytes);
		} catch (JacksonException malformed) {
			throw new ServerWebInputException("The request body is not valid JSON%s.".formatted(place(malformed)));
		}
		if (body.isMissingNode()) {
			throw empty();
		}
		return body;
	}

	/** Where the error is, if that is known. The parser's own message quotes the body, which must not reach a log. */
	private static String place(JacksonException malformed) {
		var at = malformed.getLocation();
		return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
	}

	private static ServerWebInputException empty() {
		return new ServerWebInputException("The request body is empty.");
	}

	private ResponseStatusException tooLarge() {
		return new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE,
				"The request body is larger than %d bytes.".formatted(maxBytes));
	}

}
