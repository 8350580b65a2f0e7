package dev.corral.openai;

import java.util.List;

import dev.corral.generation.TextInput;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/** Reads what the API calls a prompt or an input: a text, texts, the token ids of one text or those of several. */
final class TextInputParser {

	private TextInputParser() {
	}

	/**
	 * The texts, at least one.
	 *
	 * @param mostTexts how many there may be
	 * @throws InvalidParameter if there are none or too many, or one is neither text nor token ids
	 */
	static List<TextInput> parse(JsonFields fields, String name, int mostTexts) {
		if (!fields.has(name) || fields.isString(name)) {
			return List.of(new TextInput.Text(fields.requiredString(name)));
		}
		var items = fields.requiredArray(name);
		if (!items.isEmpty() && items.getFirst().node().isNumber()) {
			return List.of(tokens(items));
		}
		if (items.isEmpty() || items.size() > mostTexts) {
			throw fields.invalid(name, "must hold 1 to %d texts, but holds %d".formatted(mostTexts, items.size()));
		}
		return items.stream().map(TextInputParser::text).toList();
	}

	private static TextInput text(JsonItem item) {
		if (!item.node().isArray()) {
			return new TextInput.Text(item.string());
		}
		var ids = item.array();
		if (ids.isEmpty()) {
			throw new InvalidParameter(item.path(), "must hold at least one token id, but holds none");
		}
		return tokens(ids);
	}

	private static TextInput tokens(List<JsonItem> ids) {
		return new TextInput.Tokens(ids.stream().map(JsonItem::integer).toList());
	}

}
