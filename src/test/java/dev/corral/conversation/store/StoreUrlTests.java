package dev.corral.conversation.store;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.conversation.store.StoreUrl.Vendor;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreUrlTests {

	private static StoreUrl parse(String url, @Nullable String username, @Nullable String password) {
		return StoreUrl.of(new StoreSettings(url, username, password, 10, null));
	}

	private static StoreUrl parse(String url) {
		return parse(url, null, null);
	}

	@Test
	void findsAFileFromWhereTheServerWasStarted() {
		var url = parse("h2:./data/corral");

		assertThat(url.vendor()).isEqualTo(Vendor.H2);
		assertThat(url.place()).isEqualTo(Path.of("data/corral").toAbsolutePath().toString());
		assertThat(url.jdbcUrl()).startsWith("jdbc:h2:" + url.place() + ";").contains(";MODE=PostgreSQL;",
				";WRITE_DELAY=0;");
		assertThat(parse("h2:~/corral").place())
				.isEqualTo(Path.of(System.getProperty("user.home"), "corral").toString());
		assertThat(parse("h2:mem:corral").place()).isEqualTo("mem:corral");
	}

	@Test
	void tellsBothDriversTheSameServer() {
		var url = parse("postgresql://db.example:5433/corral?sslmode=verify-full&sslrootcert=/ca.pem", "ada", "secret");

		assertThat(url.vendor()).isEqualTo(Vendor.POSTGRESQL);
		assertThat(url.place()).isEqualTo("db.example:5433/corral");
		assertThat(url.jdbcUrl())
				.isEqualTo("jdbc:postgresql://db.example:5433/corral?sslmode=verify-full&sslrootcert=/ca.pem");
		assertThat(url.options().getValue(ConnectionFactoryOptions.HOST)).isEqualTo("db.example");
		assertThat(url.options().getValue(ConnectionFactoryOptions.PORT)).isEqualTo(5433);
		assertThat(url.options().getValue(ConnectionFactoryOptions.DATABASE)).isEqualTo("corral");
		assertThat(url.options().getValue(ConnectionFactoryOptions.USER)).isEqualTo("ada");
		assertThat(url.options().getValue(Option.valueOf("sslMode"))).isEqualTo("verify-full");
		assertThat(url.options().getValue(Option.valueOf("sslRootCert"))).isEqualTo("/ca.pem");
		assertThat(parse("postgresql://db/corral").options().getValue(ConnectionFactoryOptions.PORT)).isEqualTo(5432);
	}

	@ParameterizedTest
	@ValueSource(strings = {"./data/corral", "h2:", "h2:./data;INIT=RUNSCRIPT FROM 'x'", "jdbc:h2:./data",
			"mysql://db/corral",
			"postgresql://db", "postgresql://db/", "postgresql:///corral", "postgresql://ada:secret@db/corral",
			"postgresql://db/corral?socketFactory=x", "postgresql://db/cor ral"})
	void refusesWhatIsNoPlaceForConversations(String url) {
		assertThatThrownBy(() -> parse(url)).isInstanceOfSatisfying(StoreRefused.class,
				refused -> assertThat(refused.remedy()).contains("h2:./data/corral", "postgresql://"));
	}

	@Test
	void showsNoPassword() {
		var settings = new StoreSettings("postgresql://db/corral", "ada", "secret", 10, null);

		assertThat(settings.toString()).doesNotContain("secret");
		assertThat(StoreUrl.of(settings).options().toString()).doesNotContain("secret");
	}

}
