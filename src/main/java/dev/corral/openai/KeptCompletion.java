package dev.corral.openai;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.corral.conversation.KeptAnswer;
import dev.corral.web.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored chat completion: what was answered, and what the client has attached. Its JSON is what clients are told and what is kept.
 */
record KeptCompletion(@JsonUnwrapped ChatCompletion completion, Map<String, String> metadata) {

	/** What clients are told of a completion that was kept. */
	static ObjectNode told(KeptAnswer kept) {
		return (ObjectNode) Json.read(kept.body().getBytes(StandardCharsets.UTF_8));
	}

	/** A completion as it was kept, with other metadata. */
	static ObjectNode withMetadata(ObjectNode kept, Map<String, String> metadata) {
		var texts = kept.putObject("metadata");
		metadata.forEach(texts::put);
		return kept;
	}

}
