package dev.corral.template;

import java.util.List;

/**
 * How a model writes calls of tools: one record of {@code tool-formats.yml}, which says what each field means. A call is the text
 * before the tool's name, the name, the text before the arguments, the arguments and the text after them.
 */
public record ToolFormat(String name, List<Opening> openings, String call, String separator, String closing,
		boolean anywhere, boolean several, List<String> control, String instruction, String result) {

	private static final String NAME = "{name}";

	private static final String ARGUMENTS = "{arguments}";

	public ToolFormat {
		openings = List.copyOf(openings);
		control = List.copyOf(control);
		if (openings.isEmpty() || call.indexOf(NAME) < 0 || call.indexOf(ARGUMENTS) < call.indexOf(NAME)) {
			throw new IllegalArgumentException(
					"The tool format '%s' lacks an opening, or its call %s or %s.".formatted(name, NAME, ARGUMENTS));
		}
		for (var opening : openings) {
			if (opening.marker().isEmpty() || !(opening.text() + call).startsWith(opening.marker())) {
				throw new IllegalArgumentException(
						"In the tool format '%s', calls do not begin with their marker.".formatted(name));
			}
		}
	}

	/**
	 * What may stand in front of the first call of a reply.
	 *
	 * @param marker tells calls from other text: a beginning of {@code text} and a call together
	 */
	public record Opening(String text, String marker) {
	}

	/** The same where a reply either begins with calls or has none. */
	public ToolFormat atBeginning() {
		return new ToolFormat(name, openings, call, separator, closing, false, several, control, instruction, result);
	}

	public String beforeName() {
		return call.substring(0, call.indexOf(NAME));
	}

	public String beforeArguments() {
		return call.substring(call.indexOf(NAME) + NAME.length(), call.indexOf(ARGUMENTS));
	}

	public String afterArguments() {
		return call.substring(call.indexOf(ARGUMENTS) + ARGUMENTS.length());
	}

	/** Calls as this format writes them into a conversation. */
	String written(List<ToolCall> calls) {
		var text = new StringBuilder(openings.getFirst().text());
		for (int i = 0; i < calls.size(); i++) {
			text.append(i == 0 ? "" : separator).append(beforeName()).append(calls.get(i).name())
					.append(beforeArguments()).append(calls.get(i).arguments()).append(afterArguments());
		}
		return text.append(closing).toString();
	}

	/** Whether a text has a call of this tool, written like this but for white space. */
	boolean isIn(String text, String tool) {
		var start = beforeName() + tool + beforeArguments();
		return openings.stream().anyMatch(opening -> bare(text).contains(bare(opening.text() + start)));
	}

	private static String bare(String text) {
		return text.replaceAll("\\s+", "");
	}

}
