package dev.corral.web;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Ends connections whose request line and headers come too slowly: a byte now and then would keep a connection for ever without
 * its being idle. Counts from the first byte of a request; answers 408. Stands before the codec of one connection, and
 * {@link #afterCodec} behind it. On the connection's event loop only.
 */
final class HeadTimeout extends ChannelInboundHandlerAdapter {

	private final Duration limit;

	private final ChannelHandler afterCodec = new AfterCodec();

	private @Nullable Future<?> expiry;

	private boolean bodyFollows;

	HeadTimeout(Duration limit) {
		this.limit = limit;
	}

	ChannelHandler afterCodec() {
		return afterCodec;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		if (!bodyFollows && expiry == null) {
			expiry = context.executor().schedule(() -> expire(context), limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		context.fireChannelRead(bytes);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stop();
		context.fireChannelInactive();
	}

	private void stop() {
		if (expiry != null) {
			expiry.cancel(false);
			expiry = null;
		}
	}

	private void expire(ChannelHandlerContext context) {
		var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_TIMEOUT);
		response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
				.set(HttpHeaderNames.CONTENT_LENGTH, 0);
		context.pipeline().context(afterCodec).writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
	}

	/** Sees what the codec has understood. */
	private final class AfterCodec extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpRequest) {
				stop();
				bodyFollows = true;
			}
			if (message instanceof LastHttpContent) {
				bodyFollows = false;
			}
			context.fireChannelRead(message);
		}

	}

}
