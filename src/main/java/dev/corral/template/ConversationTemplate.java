package dev.corral.template;

import java.util.List;

/** How a model family writes a conversation. Immutable and safe for any thread. */
public interface ConversationTemplate {

	/** The family's name, for example {@code vicuna-v1.1}, or {@code gguf} for a template read from the model file. */
	String name();

	/**
	 * The prompt that asks for the next reply of the assistant.
	 *
	 * <p>System messages are joined in front, neighbouring messages of one role are joined by an empty line. Without a system
	 * message the family's own stands in; an empty one removes it.
	 *
	 * @throws TemplateFailed if the template cannot render these messages
	 */
	default Prompt render(List<Message> messages) {
		return render(messages, RenderOptions.NONE);
	}

	/**
	 * The prompt that asks for the next reply of the assistant, or for the rest of its last one.
	 *
	 * @throws TemplateFailed if the template cannot render these messages like this
	 */
	Prompt render(List<Message> messages, RenderOptions options);

	/**
	 * The same with tools that the reply may call. A template that knows nothing of tools has them, their calls and their results as
	 * plain text.
	 *
	 * @param tools empty if there are none; messages may have calls and results all the same
	 * @throws TemplateFailed if the template cannot render this
	 */
	default Prompt render(List<Message> messages, List<Tool> tools, RenderOptions options) {
		return render(ToolMessages.plain(messages, tools, toolFormat(), "", Role.USER), options);
	}

	/** The system message that stands in for none; empty if the family has none, or it is not known. */
	default String defaultSystem() {
		return "";
	}

	/**
	 * The conversation as it stands, without asking for a reply, such as a sample of training data. What ends the last message is
	 * there.
	 *
	 * @throws TemplateFailed if the template cannot render these messages
	 */
	Prompt renderFinished(List<Message> messages);

	/** How replies call tools. */
	default ToolFormat toolFormat() {
		return ToolFormats.PLAIN;
	}

	/** Texts that end a reply of this family, beside the vocabulary's end-of-generation tokens. */
	List<String> stopSequences();

}
