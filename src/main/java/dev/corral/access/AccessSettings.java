package dev.corral.access;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may reach this server.
 *
 * @param allowedHosts host names that requests may be addressed to while the server listens on loopback, beside
 * {@code localhost}, {@code 127.0.0.1} and {@code [::1]}; without a port
 */
@ConfigurationProperties("corral.access")
record AccessSettings(@DefaultValue List<String> allowedHosts) {

	AccessSettings {
		allowedHosts = List.copyOf(allowedHosts);
	}

}
