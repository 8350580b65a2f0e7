package dev.corral.llamacpp;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class KvTierSettingsTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
			.withInitializer(new ConfigDataApplicationContextInitializer())
			.withUserConfiguration(Binding.class);

	@Test
	void keepsStatesInAPartOfTheMemoryAndNoneOnDiskByDefault() {
		application.run(context -> {
			var settings = context.getBean(KvTierSettings.class);

			assertThat(settings.ramBytes()).isBetween(1L, 1L << 30);
			assertThat(settings.diskBytes()).isZero();
			assertThat(KvDisk.open(settings)).isEmpty();
			assertThat(settings.folder()).isEqualTo(
					Path.of(System.getProperty("user.home"), ".cache", "corral", "kv-states"));
		});
	}

	@Test
	void takesSizesWithUnits() {
		application.withPropertyValues("corral.engine.kv-tiers.ram=2GB", "corral.engine.kv-tiers.disk=20GB")
				.run(context -> {
					var settings = context.getBean(KvTierSettings.class);

					assertThat(settings.ramBytes()).isEqualTo(2L << 30);
					assertThat(settings.diskBytes()).isEqualTo(20L << 30);
					assertThat(settings.writeQueueBytes()).isEqualTo(1L << 30);
				});
	}

	@Test
	void switchesMemoryOff() {
		application.withPropertyValues("corral.engine.kv-tiers.ram=0").run(
				context -> assertThat(context.getBean(KvTierSettings.class).ramBytes()).isZero());
	}

	@ParameterizedTest
	@ValueSource(strings = {"ram", "disk"})
	void refusesNegativeSizes(String name) {
		application.withPropertyValues("corral.engine.kv-tiers." + name + "=-1")
				.run(context -> assertThat(context).getFailure().rootCause()
						.hasMessage("corral.engine.kv-tiers.%s must be 0 or more, but is -1B".formatted(name)));
	}

	@Test
	void refusesADiskTierWithoutAFolder() {
		application.withPropertyValues("corral.engine.kv-tiers.disk=1GB", "corral.engine.kv-tiers.folder=")
				.run(context -> assertThat(context).getFailure().rootCause().hasMessage(
						"corral.engine.kv-tiers.disk is 1073741824B, but corral.engine.kv-tiers.folder is empty"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(KvTierSettings.class)
	static class Binding {
	}

}
