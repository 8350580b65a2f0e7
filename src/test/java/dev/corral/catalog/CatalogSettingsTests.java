package dev.corral.catalog;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CatalogSettingsTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
			.withInitializer(new ConfigDataApplicationContextInitializer())
			.withUserConfiguration(Binding.class);

	@Test
	void servesCriaByDefault() {
		application.run(context -> {
			assertThat(models(context)).isEqualTo(
					Map.of("cria",
							new ModelSettings("classpath:models/cria/cria-q8_0.gguf", null, null, null, null, null)));
			assertThat(context.getBean(CatalogSettings.class).modelDefaults())
					.isEqualTo(new CatalogSettings.ModelDefaults(4096, 8));
		});
	}

	@Test
	void takesAModelInOneLine() {
		application.withPropertyValues("corral.models.vicuna=/models/x.gguf").run(context -> assertThat(models(context))
				.containsOnlyKeys("vicuna", "cria")
				.containsEntry("vicuna", new ModelSettings("/models/x.gguf", null, null, null, null, null)));
	}

	@Test
	void takesAModelInTheLongForm() {
		application
				.withPropertyValues("corral.models.vicuna.file=/models/x.gguf", "corral.models.vicuna.template=plain",
						"corral.models.vicuna.context-tokens=1024", "corral.models.vicuna.sequences=2",
						"corral.models.vicuna.draft=/models/small.gguf")
				.run(context -> {
					assertThat(models(context)).containsEntry("vicuna",
							new ModelSettings("/models/x.gguf", "plain", 1024, 2, null, "/models/small.gguf"));
					UnknownKeys.check(context.getEnvironment());
				});
	}

	@Test
	void completesTheShortFormWithKeysOfTheLongForm() {
		application
				.withPropertyValues("corral.models.cria.context-tokens=512",
						"corral.models.cria.draft=/models/small.gguf")
				.run(context -> assertThat(models(context)).containsEntry("cria",
						new ModelSettings("classpath:models/cria/cria-q8_0.gguf", null, 512, null, null,
								"/models/small.gguf")));
	}

	@Test
	void takesModelsFromEnvironmentVariables() {
		application.withInitializer(context -> context.getEnvironment().getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("CORRAL_MODELS_VICUNA",
						"/models/x.gguf", "CORRAL_MODELS_VICUNA_CONTEXT_TOKENS", "1024"))))
				.run(context -> {
					assertThat(models(context)).containsEntry("vicuna",
							new ModelSettings("/models/x.gguf", null, 1024, null, null, null));
					UnknownKeys.check(context.getEnvironment());
				});
	}

	@Test
	void keepsDotsOfNamesInBrackets() {
		application.withPropertyValues("corral.models[llama-3.1]=/models/x.gguf").run(context -> {
			assertThat(models(context)).containsKey("llama-3.1");
			UnknownKeys.check(context.getEnvironment());
		});
	}

	@Test
	void refusesNamesWithDotsThatHaveNoBrackets() {
		application.withPropertyValues("corral.models.llama-3.1=/models/x.gguf")
				.run(context -> assertThatExceptionOfType(ModelRefused.class)
						.isThrownBy(() -> UnknownKeys.check(context.getEnvironment()))
						.withMessage(
								"The property 'corral.models.llama-3.1' means nothing: a model has the keys file, template, context-tokens, sequences, cache-tokens and draft.")
						.satisfies(refused -> assertThat(refused.remedy()).contains("corral.models[llama-3.1]")));
	}

	@Test
	void removesAModelWithAnEmptyValue() {
		application.withPropertyValues("corral.models.cria=", "corral.models.vicuna=/models/x.gguf")
				.run(context -> assertThat(models(context)).containsOnlyKeys("vicuna"));
	}

	@Test
	void refusesToServeNoModel() {
		application.withPropertyValues("corral.models.cria=")
				.run(context -> assertThatExceptionOfType(ModelRefused.class).isThrownBy(() -> models(context))
						.withMessage("No model is configured.")
						.satisfies(refused -> assertThat(refused.remedy()).contains("corral.models.<name>")));
	}

	@ParameterizedTest
	@ValueSource(strings = {"a\nb", " "})
	void refusesNamesThatDoNotPrint(String name) {
		var settings = settings(name);

		assertThatExceptionOfType(ModelRefused.class).isThrownBy(settings::servedModels)
				.withMessageContaining("no control characters");
	}

	@Test
	void refusesNamesThatAreTooLong() {
		assertThat(settings("n".repeat(100)).servedModels()).hasSize(1);
		assertThatExceptionOfType(ModelRefused.class).isThrownBy(settings("n".repeat(101))::servedModels)
				.withMessageContaining("has 101 characters; it must have 1 to 100");
	}

	@ParameterizedTest
	@ValueSource(strings = {"models.cria.context-tokens=0", "models.cria.context-tokens=-1", "models.cria.sequences=0",
			"models.cria.sequences=257", "model-defaults.context-tokens=0", "model-defaults.sequences=257"})
	void refusesNumbersOutOfRange(String property) {
		application.withPropertyValues("corral." + property)
				.run(context -> assertThat(context).getFailure().hasRootCauseInstanceOf(BindValidationException.class));
	}

	private static CatalogSettings settings(String name) {
		return new CatalogSettings(Map.of(name, new ModelSettings("x.gguf", null, null, null, null, null)),
				new CatalogSettings.ModelDefaults(4096, 8));
	}

	private static Map<String, ModelSettings> models(AssertableApplicationContext context) {
		return context.getBean(CatalogSettings.class).servedModels();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(CatalogSettings.class)
	@Import({ShortFormConverter.class, ShortFormCompletion.class})
	static class Binding {
	}

}
