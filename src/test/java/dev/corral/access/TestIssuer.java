package dev.corral.access;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

/** An OpenID Connect issuer on this machine, which can be away. */
final class TestIssuer implements AutoCloseable {

	static final String AUDIENCE = "corral";

	private final HttpServer server;

	private final AtomicInteger keyRequests = new AtomicInteger();

	private volatile boolean away;

	private volatile RSAKey key = newKey("first");

	TestIssuer() {
		try {
			server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		} catch (IOException failed) {
			throw new IllegalStateException(failed);
		}
		serve("/.well-known/openid-configuration",
				() -> "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(address(), address()));
		serve("/keys", () -> {
			keyRequests.incrementAndGet();
			return new JWKSet(key.toPublicJWK()).toString();
		});
		server.start();
	}

	private void serve(String path, Supplier<String> answer) {
		server.createContext(path, exchange -> {
			var bytes = answer.get().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(away ? 500 : 200, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
	}

	String address() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	void away(boolean is) {
		away = is;
	}

	int keyRequests() {
		return keyRequests.get();
	}

	/** Signs with another key from now on, which alone it tells. */
	void rotate(String id) {
		key = newKey(id);
	}

	/** What a good token for somebody says. */
	JWTClaimsSet.Builder claims(String subject) {
		return new JWTClaimsSet.Builder().issuer(address()).audience(AUDIENCE).subject(subject)
				.expirationTime(Date.from(Instant.now().plusSeconds(600)));
	}

	String token(JWTClaimsSet.Builder claims) {
		return signed(key, claims);
	}

	/** One that somebody else has signed, with a key of the same id. */
	String forged(JWTClaimsSet.Builder claims) {
		return signed(newKey(key.getKeyID()), claims);
	}

	private static String signed(RSAKey with, JWTClaimsSet.Builder claims) {
		try {
			var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(),
					claims.build());
			token.sign(new RSASSASigner(with));
			return token.serialize();
		} catch (JOSEException failed) {
			throw new IllegalStateException(failed);
		}
	}

	/** With the public key as a shared secret. */
	String signedWithThePublicKey(JWTClaimsSet.Builder claims) {
		try {
			var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
					claims.build());
			token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
			return token.serialize();
		} catch (JOSEException failed) {
			throw new IllegalStateException(failed);
		}
	}

	static String unsigned(JWTClaimsSet.Builder claims) {
		return new PlainJWT(claims.build()).serialize();
	}

	private static RSAKey newKey(String id) {
		try {
			return new RSAKeyGenerator(2048).keyID(id).generate();
		} catch (JOSEException failed) {
			throw new IllegalStateException(failed);
		}
	}

	@Override
	public void close() {
		server.stop(0);
	}

}
