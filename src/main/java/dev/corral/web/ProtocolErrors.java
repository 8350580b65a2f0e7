package dev.corral.web;

import java.nio.charset.StandardCharsets;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Gives an id and a JSON body to the responses that Netty writes by itself, before any filter: to what is not HTTP, to headers and
 * request lines over the limit, and to what comes too slowly. Stands between the codec and all else of one connection.
 */
final class ProtocolErrors extends ChannelOutboundHandlerAdapter {

	private static final Logger log = LoggerFactory.getLogger(ProtocolErrors.class);

	private final ErrorFormat format;

	ProtocolErrors(ErrorFormat format) {
		this.format = format;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		context.write(message instanceof HttpResponse response && isBare(response) ? described(response) : message,
				promise);
	}

	/** Every response that went through the filters has an id. An interim one, such as 100, needs none. */
	private static boolean isBare(HttpResponse response) {
		return response.status().code() >= 400 && !response.headers().contains(RequestIdFilter.HEADER);
	}

	private HttpResponse described(HttpResponse response) {
		var requestId = RequestIdFilter.newId();
		log.atDebug().addKeyValue("request_id", requestId).log("Request {} was answered with {} before it was read",
				requestId, response.status());
		response.headers().set(RequestIdFilter.HEADER, requestId);
		if (!(response instanceof FullHttpResponse full) || full.content().isReadable()) {
			return response;
		}
		var error = new ApiError(HttpStatusCode.valueOf(full.status().code()), message(full.status().code()), null,
				null);
		var body = Unpooled.wrappedBuffer(
				Json.write(format.body(error, requestId)).getBytes(StandardCharsets.UTF_8));
		var described = new DefaultFullHttpResponse(full.protocolVersion(), full.status(), body, full.headers(),
				full.trailingHeaders());
		described.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
				.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		full.release();
		return described;
	}

	private static String message(int status) {
		return switch (status) {
			case 408 -> "The request's headers did not arrive in time.";
			case 414 -> "The request line is too long.";
			case 431 -> "The request's headers are too large.";
			default -> "The request is not valid HTTP.";
		};
	}

}
