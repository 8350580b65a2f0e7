package dev.corral.ollama;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.generation.ChatRequest;
import dev.corral.generation.CompletionRequest;
import dev.corral.generation.CompletionRequest.Prompts;
import dev.corral.generation.TextInput;
import dev.corral.generation.ToolUse;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.Resumed;
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
		refuse(body, "template", "must be absent: the model's own template is used");
		refuse(body, "context", "must be absent: send the earlier messages to /api/chat");
		MessagesParser.refuseImages(body);
		var conversation = new ArrayList<Message>();
		var system = body.string("system");
		if (system != null) {
			conversation.add(new Message(Role.SYSTEM, system));
		}
		conversation.add(new Message(Role.USER, body.requiredString("prompt")));
		return request(body, conversation, ToolUse.NONE);
	}

	/** Whether a request of {@code /api/generate} is about a text as it is: one that is raw, or has a gap to be filled. */
	static boolean isText(JsonFields body) {
		return body.flag("raw") || suffix(body) != null;
	}

	/**
	 * A request of {@code /api/generate} that {@linkplain #isText is about a text} and has one. Of a raw text names of control tokens are
	 * these tokens, for the client has written the template's part too.
	 *
	 * @throws InvalidParameter as above
	 */
	TextRequest text(JsonFields body) {
		for (var name : List.of("system", "template", "context")) {
			refuse(body, name, "must be absent beside 'raw' and 'suffix', which go on with the prompt as it is");
		}
		MessagesParser.refuseImages(body);
		accept(body);
		var options = OptionsParser.parse(body.object("options"));
		var prompts = new Prompts(List.of(new TextInput.Text(body.requiredString("prompt"))),
				suffix(body), true, body.flag("raw"));
		int maxTokens = options.maxTokens() == null ? Integer.MAX_VALUE : options.maxTokens();
		var completion = new CompletionRequest(model(body), prompts, maxTokens, options.sampling(),
				options.stopSequences(), logprobs(body), null, 0, "", "", format(body),
				false, Resumed.NONE);
		return new TextRequest(body.requiredString("model"), completion, body.flag("stream", true));
	}

	private static @Nullable String suffix(JsonFields body) {
		var suffix = body.string("suffix");
		return suffix == null || suffix.isEmpty() ? null : suffix;
	}

	private static void accept(JsonFields body) {
		checkThinking(body);
		body.accept("keep_alive", "truncate", "shift");
	}

	/** How many likely tokens are told beside each; {@code null} for none at all. */
	private static @Nullable Integer logprobs(JsonFields body) {
		var top = body.integer("top_logprobs");
		if (top != null && (top < 0 || top > GenerationRequest.MAX_LOGPROBS)) {
			throw body.invalid("top_logprobs",
					"must be between 0 and %d, but is %d".formatted(GenerationRequest.MAX_LOGPROBS, top));
		}
		return body.flag("logprobs") ? Objects.requireNonNullElse(top, 0) : null;
	}

	private ReplyRequest request(JsonFields body, List<Message> conversation, ToolUse tools) {
		accept(body);
		var options = OptionsParser.parse(body.object("options"));
		var chat = new ChatRequest(model(body), conversation, options.maxTokens(), options.sampling(),
				options.stopSequences()).withConstraint(format(body)).withTools(tools)
				.withLogprobs(logprobs(body)).continuingLast();
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

	private static void refuse(JsonFields body, String name, String problem) {
		if (isGiven(body, name)) {
			throw body.invalid(name, problem);
		}
	}

	/** An empty text or array is as good as none. */
	private static boolean isGiven(JsonFields body, String name) {
		return body.isString(name)
				? !body.requiredString(name).isEmpty()
				: body.has(name) && !body.requiredArray(name).isEmpty();
	}

}
