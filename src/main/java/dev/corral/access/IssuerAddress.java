package dev.corral.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where keys to check tokens with may come from. */
final class IssuerAddress {

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

	private IssuerAddress() {
	}

	/** Whether nobody between can answer in place of whoever is at the address: it is https, or does not leave this machine. */
	static boolean safe(String address) {
		try {
			var uri = new URI(address);
			var host = uri.getHost();
			return host != null && ("https".equalsIgnoreCase(uri.getScheme())
					|| ("http".equalsIgnoreCase(uri.getScheme()) && THIS_MACHINE.contains(host)));
		} catch (URISyntaxException malformed) {
			return false;
		}
	}

}
