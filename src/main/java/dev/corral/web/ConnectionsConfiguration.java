package dev.corral.web;

import java.util.List;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.netty.channel.Channel;
import reactor.netty.NettyPipeline;

/** Puts into each connection what Netty does not have: {@link ProtocolErrors} and {@link HeadTimeout}. */
@Configuration(proxyBeanMethods = false)
class ConnectionsConfiguration {

	/** Where a request was to go may be unknown here, so its errors are those of the API that most clients speak. */
	private static final String USUAL_API = "/v1";

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> guardedConnections(ApiSettings settings,
			List<ErrorFormat> formats) {
		return factory -> factory.addServerCustomizers(
				server -> server.doOnChannelInit((_, channel, _) -> guard(channel, settings, formats)));
	}

	private static void guard(Channel channel, ApiSettings settings, List<ErrorFormat> formats) {
		var format = formats.stream().filter(each -> each.covers(USUAL_API)).findFirst();
		if (channel.pipeline().get(NettyPipeline.HttpCodec) == null || format.isEmpty()) {
			return;
		}
		var headTimeout = new HeadTimeout(settings.headTimeout());
		channel.pipeline().addBefore(NettyPipeline.HttpCodec, "headTimeout", headTimeout)
				.addAfter(NettyPipeline.HttpCodec, "protocolErrors", new ProtocolErrors(format.get()))
				.addAfter("protocolErrors", "headSeen", headTimeout.afterCodec());
	}

}
