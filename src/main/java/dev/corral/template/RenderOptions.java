package dev.corral.template;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.corral.inference.InvalidParameter;

/**
 * How a conversation is written, beside what is in it.
 *
 * @param continuesLast whether the last message, one of the assistant that is not blank and calls no tools, is left open for the
 * reply to go on with it
 * @param variables what a Jinja template finds beside the conversation, at most {@value #MAX_VARIABLES}; other templates have none.
 * Values are booleans, numbers and short texts without any character that the name of a control token could need
 */
public record RenderOptions(boolean continuesLast, Map<String, Object> variables) {

	/** A new reply, and nothing beside the conversation. */
	public static final RenderOptions NONE = new RenderOptions(false, Map.of());

	public static final int MAX_VARIABLES = 16;

	/** What templates are given anyway, or what means something to the language. */
	private static final Set<String> RESERVED = Set.of("messages", "tools", "documents", "bos_token", "eos_token",
			"add_generation_prompt", "continue_final_message", "strftime_now", "raise_exception", "range", "namespace",
			"loop", "self", "caller", "chat_template");

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

	/** A template writes values as text of its own, in which control tokens are recognised. */
	private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{N}_.,:/ -]{0,128}");

	private static final String PARAMETER = "chat_template_kwargs";

	/**
	 * @throws InvalidParameter if there are too many variables, or one is not allowed
	 */
	public RenderOptions {
		variables = Map.copyOf(variables);
		if (variables.size() > MAX_VARIABLES) {
			throw new InvalidParameter(PARAMETER,
					"may hold at most %d entries, but holds %d".formatted(MAX_VARIABLES, variables.size()));
		}
		variables.forEach(RenderOptions::check);
	}

	private static void check(String name, Object value) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidParameter(PARAMETER, "must have names of letters, digits and underscores, at most 64");
		}
		if (RESERVED.contains(name)) {
			throw new InvalidParameter(PARAMETER, "must not set '%s', which the server does".formatted(name));
		}
		boolean allowed = value instanceof Boolean || value instanceof Number
				|| value instanceof String text && TEXT.matcher(text).matches();
		if (!allowed) {
			throw new InvalidParameter(PARAMETER + "." + name,
					"must be a boolean, a number or a text of at most 128 letters, digits, blanks and _ . , : / -");
		}
	}

	public RenderOptions continuingLast() {
		return new RenderOptions(true, variables);
	}

}
