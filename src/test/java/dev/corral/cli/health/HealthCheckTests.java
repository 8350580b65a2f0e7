package dev.corral.cli.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

class HealthCheckTests {

	@ParameterizedTest
	@CsvSource({"200, true", "503, false", "404, false"})
	void takesReadinessForHealth(int status, boolean healthy) throws IOException {
		var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/actuator/health/readiness", exchange -> {
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		server.start();

		boolean ready = HealthCheck.ready(Map.of("SERVER_PORT", "" + server.getAddress().getPort()));

		server.stop(0);
		assertThat(ready).isEqualTo(healthy);
	}

	@Test
	void isUnhealthyWhereNobodyListens() throws IOException {
		int free;
		try (var socket = new ServerSocket(0)) {
			free = socket.getLocalPort();
		}

		assertThat(HealthCheck.ready(Map.of("SERVER_PORT", "" + free))).isFalse();
	}

	@Test
	void isUnhealthyWithAPortThatIsNone() {
		assertThat(HealthCheck.ready(Map.of("SERVER_PORT", "eighty"))).isFalse();
	}

}
