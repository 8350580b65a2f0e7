package dev.corral.chat;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.catalog.ModelCatalog;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.NewConversation;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;
import dev.corral.web.MetadataParser;

/** Reads what makes a conversation and what changes one. */
@Component
class ConversationParser {

	private final ModelCatalog catalog;

	ConversationParser(ModelCatalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * @throws InvalidParameter naming the field that is malformed or out of its range
	 * @throws InferenceFailure.ModelNotFound if no such model is served
	 */
	NewConversation parse(JsonFields fields) {
		var title = title(fields);
		var model = served(catalog.nameOrOnly(fields.string("model")));
		var metadata = MetadataParser.parse(fields);
		return new NewConversation(title == null || title.isEmpty() ? null : title, model, fields.string("system"),
				ReplyParametersParser.parse(fields), metadata == null ? Map.of() : metadata);
	}

	/**
	 * @throws InvalidParameter naming the field that is malformed or out of its range
	 * @throws InferenceFailure.ModelNotFound if no such model is served
	 */
	AskedChange parseChange(JsonFields fields) {
		var model = fields.string("model");
		var title = fields.isNull("title") ? "" : title(fields);
		return new AskedChange(title, model == null ? null : served(model), fields.string("system"),
				fields.isNull("system"), ParametersChange.parse(fields), flag(fields, "pinned"),
				flag(fields, "archived"), MetadataParser.parse(fields), fields.longInteger("version"));
	}

	private static @Nullable String title(JsonFields fields) {
		var title = fields.string("title");
		if (title != null && title.length() > Conversation.MAX_TITLE_LENGTH) {
			throw fields.invalid("title", "may have at most %d characters, but has %d"
					.formatted(Conversation.MAX_TITLE_LENGTH, title.length()));
		}
		return title;
	}

	private static @Nullable Boolean flag(JsonFields fields, String name) {
		return fields.has(name) ? fields.flag(name) : null;
	}

	private String served(String model) {
		return catalog.get(model).name();
	}

}
