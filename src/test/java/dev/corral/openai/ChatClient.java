package dev.corral.openai;

import java.util.List;
import java.util.Map;

import dev.corral.template.Message;

/** Another party's client of the OpenAI API, reduced to what the tests ask of each. Always at temperature 0. */
interface ChatClient {

	/** The reply in one piece. */
	String complete(List<Message> conversation);

	/** The pieces of a streamed reply. */
	List<String> stream(List<Message> conversation);

	/**
	 * Asks a question whose answer must call {@code get_weather}, tells the result of the call, and takes the answer to that.
	 *
	 * @param result of any call
	 */
	ToolRoundTrip useTool(String question, String result);

	/** The schema of the arguments of {@code get_weather}: one string, {@code city}. */
	Map<String, Object> WEATHER = Map.of("type", "object", "properties",
			Map.of("city", Map.of("type", "string", "maxLength", 12)), "required", List.of("city"),
			"additionalProperties", false);

	/** What was called, with which arguments, and what was said in the end. */
	record ToolRoundTrip(String tool, String arguments, String answer) {
	}

}
