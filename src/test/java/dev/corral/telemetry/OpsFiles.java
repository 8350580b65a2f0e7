package dev.corral.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The dashboard and the alert rules, and what they ask for. */
final class OpsFiles {

	static final Path ALERTS = Path.of("ops/prometheus/alerts.yml");

	private static final Path DASHBOARD = Path.of("ops/grafana/corral.json");

	private static final Pattern METRIC = Pattern.compile("\\b(?:corral|jvm|http|process|system)_[a-z0-9_]+");

	private OpsFiles() {
	}

	/** Of all panels, with Grafana's variables filled in as it would. */
	static List<String> dashboardQueries() throws IOException {
		var panels = new JsonMapper().readTree(Files.readString(DASHBOARD)).get("panels");
		return panels.valueStream().flatMap(panel -> panel.get("targets").valueStream())
				.map(target -> target.get("expr").asString().replace("$__rate_interval", "1m")
						.replace("$instance", ".*").replace("$model", ".*"))
				.toList();
	}

	static List<String> alertQueries() throws IOException {
		var groups = new YAMLMapper().readTree(Files.readString(ALERTS)).get("groups");
		return groups.valueStream().flatMap(group -> group.get("rules").valueStream())
				.map(rule -> text(rule, "expr")).toList();
	}

	private static String text(JsonNode node, String field) {
		return node.get(field).asString();
	}

	/** The names of metrics in queries. */
	static Set<String> metrics(Stream<String> queries) {
		var names = new TreeSet<String>();
		queries.forEach(query -> METRIC.matcher(query).results().forEach(name -> names.add(name.group())));
		return names;
	}

}
