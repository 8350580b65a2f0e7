package dev.corral.ollama;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModels;

/**
 * The models of this server as Ollama describes its own. It has digests of their files and this server has not, so they are
 * empty.
 */
@Component
class ModelDescriptions {

	/** A loaded model stays as long as the server runs. */
	private static final String NEVER = "9999-12-31T23:59:59Z";

	private final ModelCatalog catalog;

	private final ServedModels models;

	ModelDescriptions(ModelCatalog catalog, ServedModels models) {
		this.catalog = catalog;
		this.models = models;
	}

	List<Configured> configured() {
		return served().map(model -> {
			var known = catalog.get(model.name());
			return new Configured(model.name(), model.name(), model.since().toString(), known.card().bytes(), "",
					details(known));
		}).toList();
	}

	List<Running> running() {
		return served().filter(model -> model.state() == ServedModel.State.READY).map(model -> {
			var known = catalog.get(model.name());
			var info = info(model);
			return new Running(model.name(), model.name(), known.card().bytes(), "", details(known), NEVER, 0,
					info == null ? 0 : info.contextTokens());
		}).toList();
	}

	/** @throws InferenceFailure.ModelNotFound if no model has this name */
	Description describe(String name) {
		var known = catalog.get(name);
		var served = served().filter(model -> model.name().equals(name)).findFirst()
				.orElseThrow(() -> new InferenceFailure.ModelNotFound(name));
		var info = info(served);
		var stops = known.template().stopSequences().stream().map("stop \"%s\""::formatted)
				.collect(Collectors.joining("\n"));
		return new Description("# %s is configured by whoever runs this server.".formatted(name), stops,
				known.template().name(), details(known), facts(known, info), List.of("completion", "tools"),
				served.since().toString());
	}

	private Stream<? extends ServedModel> served() {
		return models.all().stream();
	}

	private static @Nullable ModelInfo info(ServedModel model) {
		var engine = model.engine();
		return engine == null ? null : engine.model();
	}

	private static Details details(CatalogModel known) {
		return new Details("", "gguf", known.architecture(), List.of(known.architecture()),
				parameters(known.card().parameters()), known.card().quantization());
	}

	private static String parameters(long count) {
		return count < 1_000_000_000
				? String.format(Locale.ROOT, "%.1fM", count / 1e6)
				: String.format(Locale.ROOT, "%.1fB", count / 1e9);
	}

	/** Under the names of the GGUF metadata; the window is what this server lets a conversation have. */
	private static Map<String, Object> facts(CatalogModel known, @Nullable ModelInfo info) {
		var facts = new LinkedHashMap<String, Object>();
		facts.put("general.architecture", known.architecture());
		if (info != null) {
			facts.put("general.parameter_count", info.parameters());
		}
		facts.put(known.architecture() + ".context_length",
				info == null ? known.source().contextTokens() : info.contextTokens());
		return facts;
	}

	/** {@code ListModelResponse} of Ollama's API. */
	record Configured(String name, String model, String modifiedAt, long size, String digest, Details details) {
	}

	/** {@code ProcessModelResponse} of Ollama's API. */
	record Running(String name, String model, long size, String digest, Details details, String expiresAt,
			long sizeVram, int contextLength) {
	}

	/** {@code ShowResponse} of Ollama's API. */
	record Description(String modelfile, String parameters, String template, Details details,
			Map<String, Object> modelInfo, List<String> capabilities, String modifiedAt) {
	}

	/** {@code ModelDetails} of Ollama's API. */
	record Details(String parentModel, String format, String family, List<String> families, String parameterSize,
			String quantizationLevel) {
	}

}
