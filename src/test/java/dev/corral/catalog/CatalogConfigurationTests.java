package dev.corral.catalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.corral.inference.InferenceFailure;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.ConversationTemplates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

@ExtendWith(OutputCaptureExtension.class)
class CatalogConfigurationTests {

	@Test
	void buildsTheCatalogInTheOrderOfTheConfiguration() {
		new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
				.withUserConfiguration(Catalog.class)
				.withPropertyValues("corral.models.half=models/cria/cria-f16.gguf", "corral.models.half.sequences=1")
				.run(context -> {
					var catalog = context.getBean(ModelCatalog.class);
					assertThat(catalog.all()).extracting(CatalogModel::name).containsExactly("half", "cria");
					assertThat(catalog.get("half").source().sequences()).isEqualTo(1);
					assertThatThrownBy(() -> catalog.get("other"))
							.isInstanceOf(InferenceFailure.ModelNotFound.class);
				});
	}

	@Test
	void endsStartUpWithWhatIsWrongAndWhatToDo(CapturedOutput output) {
		assertThatThrownBy(() -> start("--corral.models.x=/nowhere/x.gguf")).hasRootCauseMessage("it does not exist");

		assertThat(output).contains("APPLICATION FAILED TO START")
				.contains(
						"The model 'x' cannot be served: /nowhere/x.gguf is not a usable GGUF file: it does not exist.")
				.contains("Point corral.models.x at the GGUF file of a model");
	}

	@Test
	void endsStartUpWhenAKeyMeansNothing(CapturedOutput output) {
		assertThatThrownBy(() -> start("--corral.models.llama-3.1=/nowhere/x.gguf"))
				.hasRootCauseInstanceOf(ModelRefused.class);

		assertThat(output).contains("APPLICATION FAILED TO START").contains("corral.models[llama-3.1]");
	}

	private static void start(String argument) {
		var application = new SpringApplication(Catalog.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(argument).close();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({CatalogConfiguration.class, ShortFormConverter.class, ShortFormCompletion.class})
	static class Catalog {

		@Bean
		ConversationTemplates conversationTemplates() {
			ConversationTemplate template = mock();
			when(template.name()).thenReturn("plain");
			ConversationTemplates templates = mock();
			when(templates.choose(any())).thenReturn(template);
			return templates;
		}

	}

}
