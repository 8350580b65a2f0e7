package dev.corral.openai;

import java.util.List;
import java.util.Map;

import dev.corral.inference.InvalidParameter;
import dev.corral.template.Message;
import dev.corral.template.RenderOptions;
import dev.corral.template.Role;
import dev.corral.web.JsonFields;

/**
 * Reads how the conversation is to be written, under the names of vLLM: {@code continue_final_message}, {@code add_generation_prompt} and
 * {@code chat_template_kwargs}.
 */
final class RenderOptionsParser {

	private RenderOptionsParser() {
	}

	/**
	 * @throws InvalidParameter if the last message cannot be gone on with, or a variable is not allowed
	 */
	static RenderOptions parse(JsonFields fields, List<Message> messages) {
		boolean continues = fields.flag("continue_final_message");
		if (fields.has("chat_template")) {
			throw fields.invalid("chat_template", "must be absent: the model's own template is used");
		}
		if (fields.has("add_generation_prompt") && fields.flag("add_generation_prompt") == continues) {
			throw fields.invalid("add_generation_prompt",
					"must be the opposite of 'continue_final_message': a reply is either begun or continued");
		}
		var last = messages.getLast();
		if (continues
				&& (last.role() != Role.ASSISTANT || !last.toolCalls().isEmpty() || last.content().isBlank())) {
			throw fields.invalid("continue_final_message",
					"must be false unless the last message is the assistant's and has text and no tool calls");
		}
		var given = fields.object("chat_template_kwargs");
		return new RenderOptions(continues, given == null ? Map.of() : given.scalars());
	}

}
