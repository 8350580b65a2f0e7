package dev.corral.contextwindow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.Message;
import dev.corral.template.RenderOptions;
import dev.corral.template.Role;
import dev.corral.template.TemplateFailed;
import dev.corral.template.Tool;
import dev.corral.template.ToolCall;

/**
 * How many tokens messages have in a model's prompts, without rendering the conversation: each message's text by itself, and for what the
 * template writes around it what small conversations show. Texts that meet may be tokenized a little differently than apart, so sizes
 * are estimates, rather too large; {@link WindowRequest#corrected} is for the rest.
 *
 * <p>Measuring a template takes milliseconds, so keep one for each model. Immutable and safe for any thread; all of it is CPU-bound, so
 * keep it off event loops.
 */
public final class MessageSizes {

	/** Ends and beginnings of all kinds: the template's text joins them differently. */
	private static final List<String> PROBES = List.of("Hello!", "What is 3 + 5?", "你好！", "1", "- one\n- two\n");

	private static final Message GREETING = new Message(Role.USER, "Hello!");

	private static final ToolCall CALL = new ToolCall("call_0Qm8Zr4Kx1Vb7Nt3Lp9Wd5Yh", "find", "{\"name\": \"Ada\"}");

	private static final Message RESULT = new Message(Role.TOOL, "It is here.", List.of(), CALL.id());

	/** What a message has around it where a template does not let itself be measured; more than any known family writes. */
	private static final int UNKNOWN_OVERHEAD = 16;

	/** What stands around a text is tokenized in another way where there is no text: two spaces become a token of their own. */
	private static final int EMPTY_TEXT = 2;

	private final ConversationTemplate template;

	private final Tokenizer tokenizer;

	private final Map<Role, Integer> overheads;

	/** What stands around a call of a tool. */
	private final int callOverhead;

	public MessageSizes(ConversationTemplate template, Tokenizer tokenizer) {
		this.template = template;
		this.tokenizer = tokenizer;
		int round = roundOverhead();
		int use = toolUseOverhead(round / 2);
		this.callOverhead = use / 2;
		// What stands between a message and its answer cannot be told to belong to one of them, and need not.
		this.overheads = Map.of(Role.SYSTEM, 0, Role.USER, round - round / 2, Role.ASSISTANT, round / 2, Role.TOOL,
				use - use / 2);
	}

	/** Tokens of a message's text and calls: what is worth storing, since it depends on the model alone. */
	public int contentTokens(Message message) {
		return Math.max(EMPTY_TEXT, count(message.content()))
				+ message.toolCalls().stream().mapToInt(call -> count(call) + callOverhead).sum();
	}

	/** Tokens of a message in the prompt. */
	public int size(Role role, int contentTokens) {
		return contentTokens + overheads.getOrDefault(role, 0);
	}

	public SizedMessage size(Message message) {
		return new SizedMessage(message.role(), size(message.role(), contentTokens(message)));
	}

	/**
	 * Tokens of a prompt beside its turns: the preamble, the system message, the tools and the opening of the reply.
	 *
	 * @param system the system messages; empty for the template's own
	 * @param tools what the reply may call
	 * @throws TemplateFailed if the template cannot render them
	 */
	public int pinnedTokens(List<Message> system, List<Tool> tools) {
		var messages = new ArrayList<>(system);
		messages.add(GREETING);
		int turn = size(GREETING).tokens();
		return Math.max(0, rendered(messages, tools) - turn);
	}

	private int roundOverhead() {
		try {
			return Math.max(0, PROBES.stream().mapToInt(this::roundOverhead).max().orElse(0));
		} catch (TemplateFailed e) {
			return 2 * UNKNOWN_OVERHEAD;
		}
	}

	/** What a second round adds to a conversation, beside its texts. */
	private int roundOverhead(String text) {
		var asked = new Message(Role.USER, text);
		var answer = new Message(Role.ASSISTANT, text);
		return rendered(List.of(asked, answer, asked, answer, asked), List.of())
				- rendered(List.of(asked, answer, asked), List.of()) - 2 * count(text);
	}

	/** What a call and its result add to a round, beside their texts and what a message of the assistant has anyway. */
	private int toolUseOverhead(int assistantOverhead) {
		var answer = new Message(Role.ASSISTANT, "Yes.");
		var calls = new Message(Role.ASSISTANT, "", List.of(CALL), null);
		try {
			int added = rendered(List.of(GREETING, calls, RESULT, answer, GREETING), List.of())
					- rendered(List.of(GREETING, answer, GREETING), List.of());
			return Math.max(0, added - count(CALL) - count(RESULT.content()) - assistantOverhead);
		} catch (TemplateFailed e) {
			return 2 * UNKNOWN_OVERHEAD;
		}
	}

	private int rendered(List<Message> messages, List<Tool> tools) {
		var prompt = template.render(messages, tools, RenderOptions.NONE);
		return tokenizer.tokenize(prompt.segments(), prompt.bos()).size();
	}

	private int count(ToolCall call) {
		return count(call.id()) + count(call.name()) + count(call.arguments());
	}

	private int count(String text) {
		return text.isEmpty() ? 0 : tokenizer.tokenize(List.of(PromptSegment.typed(text)), false).size();
	}

}
