package dev.corral.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.core.env.Environment;

import dev.corral.access.Openness;
import dev.corral.inference.ServedModel;
import dev.corral.routing.WorkerStatus;

/** The block of lines that says what serves whom. No line has a secret. */
record SummaryText(Environment environment) {

	private static final List<String> LIMITS = List.of("requests-per-minute", "tokens-per-minute", "concurrent-replies",
			"daily-tokens");

	/** @param runtime what computes in this process; empty where nothing does */
	String of(List<ServedModel> models, List<WorkerStatus> workers, String runtime, Openness openness) {
		var lines = new ArrayList<String>();
		lines.add("Corral is ready; role %s, models %s.".formatted(setting("corral.role", "all"),
				places(workers)));
		models.forEach(model -> lines.add(line(model)));
		if (models.isEmpty()) {
			lines.add("no model yet");
		}
		if (!runtime.isEmpty()) {
			lines.add("runtime: " + runtime);
		}
		lines.add("queue: at most %s requests of a model wait, %s each; limits of keys: %s".formatted(
				setting("corral.engine.queue-limit", "?"), setting("corral.engine.queue-timeout", "?"), limits()));
		lines.add("store: "
				+ setting("corral.store.url", "none").replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//"));
		lines.add("%s for %s".formatted(addresses(), callers(openness)));
		return String.join(System.lineSeparator() + "  ", lines);
	}

	private static String places(List<WorkerStatus> workers) {
		return workers.isEmpty()
				? "nowhere"
				: workers.stream().map(worker -> worker.kind().name().toLowerCase(Locale.ROOT))
						.collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()))
						.entrySet().stream()
						.map(kind -> kind.getKey() + (kind.getValue() > 1 ? " in " + kind.getValue() : ""))
						.collect(Collectors.joining(", "));
	}

	private static String line(ServedModel model) {
		var engine = model.engine();
		var state = model.condition().name().toLowerCase(Locale.ROOT);
		if (engine == null) {
			var complaint = model.complaint();
			return "model %s: %s%s".formatted(model.name(), state, complaint == null ? "" : " - " + complaint);
		}
		return "model %s: %s, %s, window of %d tokens, %d sequences at once".formatted(model.name(), state,
				engine.model().description(), engine.model().contextTokens(), engine.load().sequences());
	}

	private String limits() {
		var set = LIMITS.stream().filter(limit -> !setting("corral.limits." + limit, "0").equals("0"))
				.map(limit -> limit + " " + setting("corral.limits." + limit, "")).toList();
		return set.isEmpty() ? "none" : String.join(", ", set);
	}

	private String addresses() {
		var scheme = environment.containsProperty("server.ssl.bundle")
				|| environment.containsProperty("server.ssl.key-store")
				|| environment.containsProperty("server.ssl.certificate") ? "https" : "http";
		var url = "%s://%s:%s".formatted(scheme, setting("server.address", "0.0.0.0"),
				setting("local.server.port", setting("server.port", "8080")));
		var management = environment.getProperty("local.management.port");
		return management == null || url.endsWith(":" + management)
				? url
				: "%s (management at %s:%s)".formatted(url, setting("management.server.address", "0.0.0.0"),
						management);
	}

	private String callers(Openness openness) {
		if (setting("corral.role", "all").equalsIgnoreCase("worker")) {
			return setting("corral.workers.key", "").isEmpty()
					? "every gateway on this machine"
					: "gateways with the key of the workers";
		}
		var who = openness.onLoopback() ? "programs on this machine" : "everybody who reaches it";
		return who + (openness.keysNeeded() ? ", with an API key" : ", without a key");
	}

	private String setting(String name, String otherwise) {
		var value = environment.getProperty(name);
		return value == null || value.isBlank() ? otherwise : value.strip();
	}

}
