package dev.corral.ollama;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.generation.ChatRequest;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.web.ApiSettings;
import dev.corral.web.JsonFields;

/**
 * Reads {@code ChatRequest} and {@code GenerateRequest} of Ollama's API (docs/api.md there). What would change the reply and is not done
 * here is refused, unknown fields are ignored.
 */
@Component
class RequestParser {

	private final ModelNames names;

	private final MessagesParser messages;

	RequestParser(ModelNames names, ApiSettings settings) {
		this.names = names;
		this.messages = new MessagesParser(settings.maxMessages());
	}

	/** The name of the model that is meant; older clients call the field {@code name}. */
	String model(JsonFields body) {
		var older = body.has("model") ? null : body.string("name");
		return names.resolve(older == null ? body.requiredString("model") : older);
	}

	/**
	 * A request of {@code /api/chat} that has messages.
	 *
	 * @throws InvalidParameter naming the field that is missing, malformed, out of its range or not supported
	 */
	ReplyRequest chat(JsonFields body) {
		return request(body, messages.parse(body), ToolsParser.parse(body));
	}

	/**
	 * A request of {@code /api/generate} that has a prompt.
	 *
	 * @throws InvalidParameter as above
	 */
	ReplyRequest generate(JsonFields body) {
		refuse(body, "suffix", "must be absent: text is not filled in here");
		refuse(body, "template", "must be absent: the model's own template is used");
		refuse(body, "context", "must be absent: send the earlier messages to /api/chat");
		MessagesParser.refuseImages(body);
		if (body.flag("raw")) {
			throw body.invalid("raw", "must be false: POST /v1/completions continues a text as it is");
		}
		var conversation = new ArrayList<Message>();
		var system = body.string("system");
		if (system != null) {
			conversation.add(new Message(Role.SYSTEM, system));
		}
		conversation.add(new Message(Role.USER, body.requiredString("prompt")));
		return request(body, conversation, ToolUse.NONE);
	}

	private ReplyRequest request(JsonFields body, List<Message> conversation, ToolUse tools) {
		checkThinking(body);
		body.accept("keep_alive", "truncate", "shift", "top_logprobs");
		if (body.flag("logprobs")) {
			throw body.invalid("logprobs", "must be absent: POST /v1/chat/completions tells log-probabilities");
		}
		var options = OptionsParser.parse(body.object("options"));
		var chat = new ChatRequest(model(body), conversation, options.maxTokens(), options.sampling(),
				options.stopSequences()).withConstraint(format(body)).withTools(tools).continuingLast();
		return new ReplyRequest(body.requiredString("model"), chat, body.flag("stream", true));
	}

	private static @Nullable OutputConstraint format(JsonFields body) {
		if (body.isString("format")) {
			return switch (body.requiredString("format")) {
				case "" -> null;
				case "json" -> new OutputConstraint.JsonObject();
				default -> throw body.invalid("format", "must be json or a JSON schema");
			};
		}
		var schema = body.objectText("format");
		return schema == null ? null : new OutputConstraint.JsonSchema(schema);
	}

	/** As in Ollama where a model does not think apart from its reply; a level of effort is a text. */
	private static void checkThinking(JsonFields body) {
		if (body.isString("think") || body.flag("think")) {
			throw body.invalid("think", "must be false or absent: no model here thinks apart from its reply");
		}
	}

	/** An empty text or array is as good as none. */
	private static void refuse(JsonFields body, String name, String problem) {
		boolean given = body.isString(name)
				? !body.requiredString(name).isEmpty()
				: body.has(name) && !body.requiredArray(name).isEmpty();
		if (given) {
			throw body.invalid(name, problem);
		}
	}

}
