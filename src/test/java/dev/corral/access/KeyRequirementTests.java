package dev.corral.access;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyStore;
import dev.corral.access.keys.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether keys are asked for, on the real store. */
@ExtendWith(OutputCaptureExtension.class)
class KeyRequirementTests {

	private static final String KEY = "corral.access.keys.ada.key=twenty random letters";

	private final ApplicationContextRunner server = new ApplicationContextRunner()
			.withUserConfiguration(Access.class)
			.withPropertyValues("corral.store.url=h2:mem:" + UUID.randomUUID(), "corral.store.connections=2");

	@ParameterizedTest
	@CsvSource({"127.0.0.1, auto, false", "127.0.0.1, true, true", "127.0.0.1, false, false", "0.0.0.0, false, false"})
	void asksForNoneWhereThereIsNoneUnlessItMust(String address, String required, boolean asked) {
		server.withPropertyValues("server.address=" + address, "corral.access.required=" + required)
				.run(context -> assertThat(context.getBean(KeyRequirement.class).required()).isEqualTo(asked));
	}

	@ParameterizedTest
	@CsvSource({"127.0.0.1, auto, true", "127.0.0.1, false, false", "0.0.0.0, auto, true", "0.0.0.0, true, true"})
	void asksForThemWhereTheConfigurationHasOne(String address, String required, boolean asked) {
		server.withPropertyValues("server.address=" + address, "corral.access.required=" + required, KEY)
				.run(context -> assertThat(context.getBean(KeyRequirement.class).required()).isEqualTo(asked));
	}

	@ParameterizedTest
	@CsvSource({"0.0.0.0, auto", "0.0.0.0, true", "10.0.0.7, auto"})
	void doesNotStartWhereStrangersCouldCallAndNobodyHasAKey(String address, String required) {
		server.withPropertyValues("server.address=" + address, "corral.access.required=" + required)
				.run(context -> assertThat(context).getFailure().isInstanceOfSatisfying(AccessRefused.class,
						refused -> {
							assertThat(refused).hasMessage(
									"Others than this machine could call this server, and there is no API key.");
							assertThat(refused.remedy()).contains("key create", "CORRAL_ACCESS_KEYS_NAME_KEY",
									"server.address",
									"corral.access.required");
						}));
	}

	@Test
	void takesNoAddressForAllAddresses() {
		server.run(context -> assertThat(context).getFailure().isInstanceOf(AccessRefused.class));
	}

	@Test
	void seesThatTheFirstKeyWasMadeElsewhereAndTheLastOneRevoked() {
		server.withPropertyValues("server.address=127.0.0.1").run(context -> {
			var requirement = context.getBean(KeyRequirement.class);
			var keys = context.getBean(KeyStore.class);
			var made = keys.create(ApiKey.of("ada", Role.USER)).blockOptional().orElseThrow();
			assertThat(requirement.required()).isFalse();

			requirement.look().block();
			assertThat(requirement.required()).isTrue();

			keys.revoke(made.stored().id()).block();
			requirement.look().block();
			assertThat(requirement.required()).isFalse();
		});
	}

	@Test
	void saysWhoMayCall(CapturedOutput output) {
		server.withPropertyValues("server.address=127.0.0.1")
				.run(_ -> assertThat(output)
						.contains("Every program on this machine may call as an administrator, until"));
		server.withPropertyValues("server.address=127.0.0.1", KEY)
				.run(_ -> assertThat(output).contains("Callers need an API key."));
		server.withPropertyValues("server.address=0.0.0.0", "corral.access.required=false")
				.run(_ -> assertThat(output)
						.contains("Everybody who reaches this server may call as an administrator"));
		server.withPropertyValues("server.address=127.0.0.1", "corral.access.required=true")
				.run(_ -> assertThat(output).contains("Nobody can call: corral.access.required is true"));
	}

	@ComponentScan({"dev.corral.access.keys", "dev.corral.conversation.store"})
	@EnableConfigurationProperties({AccessSettings.class, ServerProperties.class})
	@Import({ConfiguredKeys.class, KeyRequirement.class})
	static class Access {
	}

}
