package dev.corral.cli.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes requests of the OpenAI chat API for streamed replies with usage. */
final class RequestBody {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final String model;

	private final Sampling sampling;

	private final Map<String, JsonNode> more = new LinkedHashMap<>();

	RequestBody(String model, Sampling sampling) {
		this.model = model;
		this.sampling = sampling;
		sampling.body().forEach((field, value) -> more.put(field, JSON.readTree(value)));
	}

	byte[] of(Call call) {
		var body = new LinkedHashMap<String, Object>();
		body.put("model", model);
		body.put("messages", call.messages().stream().map(message -> Map.of("role",
				message.role().name().toLowerCase(Locale.ROOT), "content", message.content())).toList());
		body.put("stream", true);
		body.put("stream_options", Map.of("include_usage", true));
		body.put("max_tokens", call.maxTokens());
		body.put("temperature", sampling.temperature());
		body.put("seed", call.seed());
		if (sampling.topK() != null) {
			body.put("top_k", sampling.topK());
		}
		if (sampling.ignoreEos()) {
			body.put("ignore_eos", true);
		}
		if (!sampling.bannedTokens().isEmpty()) {
			var bias = new LinkedHashMap<String, Float>();
			sampling.bannedTokens().forEach(token -> bias.put(token.toString(), Sampling.BAN));
			body.put("logit_bias", bias);
		}
		body.putAll(more);
		return JSON.writeValueAsBytes(body);
	}

}
