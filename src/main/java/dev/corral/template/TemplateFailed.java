package dev.corral.template;

import org.jspecify.annotations.Nullable;

/** A template cannot render a conversation: the messages break its rules, or the template itself is broken. */
public class TemplateFailed extends RuntimeException {

	public TemplateFailed(String template, String problem, @Nullable Throwable cause) {
		super("The conversation template '%s' cannot render these messages: %s".formatted(template, problem), cause);
	}

}
