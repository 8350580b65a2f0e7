package dev.corral.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a request's body as JSON in UTF-8, within the limits of size and time. */
@Component
public class RequestBody {

	private static final char BYTE_ORDER_MARK = '\ufeff';

	private final int maxBytes;

	private final Duration timeout;

	public RequestBody(ApiSettings settings) {
		this.maxBytes = Math.toIntExact(settings.maxBody().toBytes());
		this.timeout = settings.bodyTimeout();
		if (maxBytes < 1) {
			throw new IllegalArgumentException(
					"corral.api.max-body must be 1 byte or more, but is %d bytes".formatted(maxBytes));
		}
	}

	/** The body; an error signal is a {@link ResponseStatusException} that tells the client what is wrong with it. */
	public Mono<JsonNode> read(ServerHttpRequest request) {
		return readIfAny(request).switchIfEmpty(Mono.error(RequestBody::empty));
	}

	private Mono<JsonNode> readIfAny(ServerHttpRequest request) {
		var headers = request.getHeaders();
		var coding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		if (coding != null && !coding.equalsIgnoreCase("identity")) {
			return Mono.error(coded());
		}
		// Known beforehand, so that nothing needs to be read.
		if (headers.getContentLength() > maxBytes) {
			return Mono.error(tooLarge());
		}
		return DataBufferUtils.join(request.getBody(), maxBytes).timeout(timeout)
				.onErrorMap(DataBufferLimitException.class, _ -> tooLarge())
				.onErrorMap(TimeoutException.class, _ -> tooSlow()).map(RequestBody::bytes)
				// No body comes as nothing or as one empty buffer, as the connection and the filters before have it.
				.filter(bytes -> bytes.length > 0)
				.map(RequestBody::json);
	}

	/** The fields of the body, which must be a JSON object; errors as of {@link #read}. */
	public Mono<JsonFields> fields(ServerHttpRequest request) {
		return read(request).map(RequestBody::object);
	}

	/** The same for requests that need say nothing: no body is an object without fields. */
	public Mono<JsonFields> fieldsIfAny(ServerHttpRequest request) {
		return readIfAny(request).defaultIfEmpty(JsonNodeFactory.instance.objectNode()).map(RequestBody::object);
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
			body = Json.read(text(bytes));
		} catch (JacksonException malformed) {
			throw new ServerWebInputException("The request body is not valid JSON%s.".formatted(place(malformed)));
		}
		if (body.isMissingNode()) {
			throw empty();
		}
		return body;
	}

	/**
	 * JSON between systems is UTF-8 (RFC 8259, section 8.1). The parser alone would guess other encodings and let overlong forms
	 * through. A byte order mark, which some clients on Windows write, is skipped.
	 */
	private static String text(byte[] bytes) {
		try {
			// A decoder made here reports malformed input; the constructors of String replace it.
			var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK
					? text.toString()
					: text.subSequence(1, text.length()).toString();
		} catch (CharacterCodingException malformed) {
			throw new ServerWebInputException("The request body is not valid UTF-8.");
		}
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

	private ResponseStatusException tooSlow() {
		return new RequestRefused(HttpStatus.REQUEST_TIMEOUT,
				"The request body did not arrive within the limit of %d ms.".formatted(timeout.toMillis()),
				Map.of(HttpHeaders.CONNECTION, "close"));
	}

	/** What is small when compressed may be huge, and chats are small anyway. */
	private static ResponseStatusException coded() {
		return new RequestRefused(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
				"The request body must not be compressed: send it without Content-Encoding.",
				Map.of(HttpHeaders.ACCEPT_ENCODING, "identity"));
	}

}
