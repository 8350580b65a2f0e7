package dev.corral.cli.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a report for programs. Names are those of the API; times are milliseconds unless they say otherwise. */
final class JsonReport {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private JsonReport() {
	}

	static String of(Report report) {
		var json = new LinkedHashMap<String, Object>();
		json.put("target", report.target());
		json.put("model", report.model());
		json.put("started", report.started().toString());
		json.put("load", load(report.load()));
		json.put("wall_seconds", report.wallSeconds());
		json.put("requests_per_second", report.perSecond(report.total().complete()));
		json.put("output_tokens_per_second", report.perSecond(report.total().completionTokens()));
		json.put("goodput_per_second", report.perSecond(report.total().good()));
		json.put("total", group(report.total()));
		json.put("groups", mapped(report.groups(), JsonReport::group));
		json.put("measures_ms", mapped(report.measures(), JsonReport::summary));
		json.put("failures", report.failures());
		json.put("failure_examples", report.examples());
		json.put("notes", report.notes());
		return JSON.writeValueAsString(json);
	}

	private static Map<String, Object> load(Load load) {
		var json = new LinkedHashMap<String, Object>();
		json.put("workload", load.workload().toString());
		json.put("users", load.users());
		json.put("requests", load.requests());
		json.put("rate_per_second", load.rate());
		json.put("system_tokens", load.systemTokens());
		json.put("prompt_tokens", load.promptTokens());
		json.put("max_tokens", load.maxTokens());
		json.put("conversations", load.conversations());
		json.put("think_time_ms", load.thinkTime().toMillis());
		json.put("duration_ms", load.duration().toMillis());
		json.put("warmup", load.warmup());
		json.put("seed", load.seed());
		json.put("skip_opening", load.skipOpening());
		var slo = new LinkedHashMap<String, Object>();
		load.slo().limits().forEach(
				(measure, limit) -> slo.put(measure.toString().toLowerCase(Locale.ROOT) + "_ms", limit.toMillis()));
		json.put("slo", slo);
		return json;
	}

	private static Map<String, Object> group(Report.Group group) {
		var json = new LinkedHashMap<String, Object>();
		json.put("complete", group.complete());
		json.put("failed", group.failed());
		json.put("hung_up", group.hungUp());
		json.put("good", group.good());
		json.put("good_share", group.goodShare());
		json.put("prompt_tokens", group.promptTokens());
		json.put("cached_tokens", group.cachedTokens() == Sample.UNKNOWN ? null : group.cachedTokens());
		json.put("completion_tokens", group.completionTokens());
		json.put("ttft_ms", summary(group.timeToFirstToken()));
		json.put("gap_ms", summary(group.gap()));
		json.put("tpot_ms", summary(group.timePerOutputToken()));
		json.put("e2e_ms", summary(group.endToEnd()));
		return json;
	}

	private static Map<String, Object> summary(Summary times) {
		var json = new LinkedHashMap<String, Object>();
		json.put("count", times.count());
		json.put("mean", times.mean());
		json.put("p50", times.p50());
		json.put("p95", times.p95());
		json.put("p99", times.p99());
		json.put("max", times.max());
		return json;
	}

	private static <A> Map<String, Object> mapped(Map<String, A> map, Function<A, Object> function) {
		var result = new LinkedHashMap<String, Object>();
		map.forEach((key, value) -> result.put(key, function.apply(value)));
		return result;
	}

}
