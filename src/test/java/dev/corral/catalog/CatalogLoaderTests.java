package dev.corral.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import dev.corral.template.ConversationTemplate;
import dev.corral.template.ConversationTemplates;
import dev.corral.template.ModelHints;
import dev.corral.template.TemplateFailed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

@ExtendWith(OutputCaptureExtension.class)
class CatalogLoaderTests {

	private static final String CRIA = "models/cria/cria-q8_0.gguf";

	private final ConversationTemplate chosen = template("chosen");

	private final ConversationTemplate named = template("named");

	private final ConversationTemplates templates = mock(ConversationTemplates.class);

	@TempDir
	Path directory;

	@BeforeEach
	void prepareTemplates() {
		when(templates.names()).thenReturn(List.of("named", "other"));
		when(templates.named("named")).thenReturn(named);
		when(templates.choose(any())).thenReturn(chosen);
	}

	@Test
	void takesContextFromTheFileAndTheRestFromTheDefaults(CapturedOutput output) {
		var model = loader(DataSize.ofGigabytes(1)).load("cria", file(CRIA));

		assertThat(model.architecture()).isEqualTo("llama");
		assertThat(model.source().file()).isEqualTo(Path.of(CRIA).toAbsolutePath());
		assertThat(model.source().contextTokens()).isEqualTo(2048);
		assertThat(model.source().sequences()).isEqualTo(8);
		assertThat(model.template()).isSameAs(chosen);
		assertThat(output).contains("Model cria: " + Path.of(CRIA).toAbsolutePath()
				+ ", llama Q8_0, 2048 context tokens, 8 sequences, 36 MiB key-value cache, template chosen");
	}

	@Test
	void limitsTheTrainedContextByTheDefault() {
		var loader = new CatalogLoader(new ModelFiles(), templates, new CatalogSettings.ModelDefaults(1000, 8),
				DataSize.ofGigabytes(1));

		assertThat(loader.load("cria", file(CRIA)).source().contextTokens()).isEqualTo(1000);
	}

	@Test
	void prefersTheModelsOwnSettings() {
		var model = loader(DataSize.ofGigabytes(1)).load("cria", new ModelSettings(CRIA, "named", 512, 3, null, null));

		assertThat(model.source().contextTokens()).isEqualTo(512);
		assertThat(model.source().sequences()).isEqualTo(3);
		assertThat(model.template()).isSameAs(named);
	}

	@Test
	void warnsOfAContextBeyondTheTrainedOne(CapturedOutput output) {
		var model = loader(DataSize.ofGigabytes(1)).load("cria", new ModelSettings(CRIA, null, 4096, null, null, null));

		assertThat(model.source().contextTokens()).isEqualTo(4096);
		assertThat(output).contains("WARN").contains("4096 context tokens but was trained with 2048");
	}

	@Test
	void choosesTheTemplateByWhatTheFileTells() {
		loader(DataSize.ofGigabytes(1)).load("mine", file(CRIA));

		var hints = ArgumentCaptor.forClass(ModelHints.class);
		verify(templates).choose(hints.capture());
		assertThat(hints.getValue().modelName()).isEqualTo("mine Cria cria-q8_0");
		assertThat(hints.getValue().architecture()).isEqualTo("llama");
		assertThat(hints.getValue().chatTemplate()).startsWith("{%- set default_system");
		assertThat(hints.getValue().bosToken()).isEqualTo("<s>");
		assertThat(hints.getValue().eosToken()).isEqualTo("</s>");
		assertThat(hints.getValue().addsBos()).isTrue();
	}

	@Test
	void refusesACacheLargerThanTheMachine() {
		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofMegabytes(35)).load("cria", file(CRIA)))
				.withMessage(
						"The model 'cria' cannot be served: its key-value cache for 8 sequences of 2048 tokens needs 36 MiB, this machine has 35 MiB of memory.")
				.satisfies(refused -> assertThat(refused.remedy())
						.isEqualTo("Lower corral.models.cria.context-tokens or corral.models.cria.sequences."));
	}

	@Test
	void refusesUnknownTemplates() {
		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofGigabytes(1)).load("cria",
						new ModelSettings(CRIA, "nonsense", null, null, null, null)))
				.withMessage("The model 'cria' cannot be served: the conversation template 'nonsense' does not exist.")
				.satisfies(refused -> assertThat(refused.remedy()).contains("named, other"));
	}

	@Test
	void refusesAModelWhoseOwnTemplateIsBroken() {
		when(templates.choose(any())).thenThrow(new TemplateFailed("gguf", "line 1", null));

		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofGigabytes(1)).load("cria", file(CRIA)))
				.withMessageContaining("line 1")
				.satisfies(refused -> assertThat(refused.remedy()).contains("corral.models.cria.template"));
	}

	@Test
	void refusesBrokenFilesAndNamesTheProperty() throws IOException {
		var broken = Files.writeString(directory.resolve("x.gguf"), "<html>Sign in</html> and more");

		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofGigabytes(1)).load("llama-3.1", file(broken.toString())))
				.withMessageStartingWith("The model 'llama-3.1' cannot be served: " + broken)
				.withMessageContaining("HTML page")
				.satisfies(refused -> assertThat(refused.remedy()).contains("--corral.models[llama-3.1]="));
	}

	@Test
	void refusesResourcesAndPathsThatCannotBe() {
		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofGigabytes(1)).load("x", file("classpath:no.gguf")))
				.withMessage("The model 'x' cannot be served: classpath:no.gguf does not exist.");
		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofGigabytes(1)).load("x", file("a\0b")))
				.withMessageStartingWith("The model 'x' cannot be served: ");
	}

	@Test
	void findsTheDraftModelAsItFindsTheModel(CapturedOutput output) {
		var model = loader(DataSize.ofGigabytes(1)).load("cria",
				new ModelSettings(CRIA, null, null, null, null, "classpath:" + CRIA));

		assertThat(model.source().draft()).isNotNull().hasFileName("cria-q8_0.gguf").isAbsolute();
		assertThat(output).contains("72 MiB key-value cache").contains("Model cria: drafts by ");
		assertThat(loader(DataSize.ofGigabytes(1)).load("cria", file(CRIA)).source().draft()).isNull();
		assertThat(loader(DataSize.ofGigabytes(1))
				.load("cria", new ModelSettings(CRIA, null, null, null, null, " ")).source().draft()).isNull();
	}

	@Test
	void refusesBrokenDraftModelsAndNamesTheProperty() throws IOException {
		var broken = Files.writeString(directory.resolve("x.gguf"), "<html>Sign in</html> and more");

		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofGigabytes(1)).load("cria",
						new ModelSettings(CRIA, null, null, null, null, broken.toString())))
				.withMessageStartingWith("The model 'cria' cannot be served: its draft model: " + broken)
				.satisfies(refused -> assertThat(refused.remedy()).startsWith("Point corral.models.cria.draft at "));
		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofGigabytes(1)).load("cria",
						new ModelSettings(CRIA, null, null, null, null, "classpath:no.gguf")))
				.withMessage("The model 'cria' cannot be served: its draft model: classpath:no.gguf does not exist.");
	}

	@Test
	void countsTheDraftModelsCacheToo() {
		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(() -> loader(DataSize.ofMegabytes(71)).load("cria",
						new ModelSettings(CRIA, null, null, null, null, CRIA)))
				.withMessageContaining("needs 72 MiB");
	}

	@Test
	void refusesModelsWithoutAFile() {
		assertThatExceptionOfType(ModelRefused.class)
				.isThrownBy(
						() -> loader(DataSize.ofGigabytes(1)).load("x",
								new ModelSettings(null, "named", 1, 1, null, null)))
				.withMessage("The model 'x' cannot be served: corral.models.x.file is missing.");
	}

	private CatalogLoader loader(DataSize memory) {
		return new CatalogLoader(new ModelFiles(), templates, new CatalogSettings.ModelDefaults(4096, 8), memory);
	}

	private static ModelSettings file(String file) {
		return new ModelSettings(file, null, null, null, null, null);
	}

	private static ConversationTemplate template(String name) {
		ConversationTemplate template = mock();
		when(template.name()).thenReturn(name);
		return template;
	}

}
