package dev.corral.openai;

import java.util.List;

import dev.corral.template.Message;

/** Another party's client of the OpenAI API, reduced to what the tests ask of each. Always at temperature 0. */
interface ChatClient {

	/** The reply in one piece. */
	String complete(List<Message> conversation);

	/** The pieces of a streamed reply. */
	List<String> stream(List<Message> conversation);

}
