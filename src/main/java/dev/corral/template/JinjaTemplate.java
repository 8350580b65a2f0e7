package dev.corral.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.PromptSegment;

/**
 * The conversation template that a GGUF file holds as Jinja source ({@code tokenizer.chat_template}), rendered the way of
 * Hugging Face's {@code apply_chat_template}. The template sees {@link TypedContents sentinels} in place of what people
 * typed. If it refuses or drops system messages, they become the beginning of the first user message. If it writes calls of tools in a
 * format that is known, it gets tools as such, else as plain text.
 */
final class JinjaTemplate implements ConversationTemplate {

	static final String NAME = "gguf";

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Message GREETING = new Message(Role.USER, "Hello!");
	private static final Message ANSWER = new Message(Role.ASSISTANT, "Hi!");
	private static final Message QUESTION = new Message(Role.USER, "How are you?");
	private static final Message INSTRUCTION = new Message(Role.SYSTEM, "Be brief.");

	/** Symbols in them show whether they are written out. */
	private static final Tool TOOL = new Tool("look_up", "Finds <it>.",
			"{\"type\": \"object\", \"properties\": {\"topic\": {\"type\": \"string\"}}}");
	private static final Message CALL = new Message(Role.ASSISTANT, "",
			List.of(new ToolCall("probe0001", TOOL.name(), "{\"topic\": \"time\"}")), null);
	private static final Message RESULT = new Message(Role.TOOL, "<found>", List.of(), "probe0001");

	private final JinjaSandbox sandbox;
	private final String bosToken;
	private final String eosToken;
	private final boolean addsBos;
	private final boolean writesSystem;
	private final String replyPrefix;
	private final List<String> stopSequences;

	/** How the template writes calls; {@code null} if it knows nothing of tools, or its calls are in none of the known formats. */
	private final @Nullable ToolFormat ownToolFormat;

	/**
	 * Tries the template on a short conversation.
	 *
	 * @param addsBos whether the vocabulary wants a beginning-of-sequence token although the template writes none
	 * @throws TemplateFailed if the template cannot render even that
	 */
	JinjaTemplate(String source, String bosToken, String eosToken, boolean addsBos) {
		this(source, bosToken, eosToken, addsBos, PATIENCE);
	}

	JinjaTemplate(String source, String bosToken, String eosToken, boolean addsBos, Duration patience) {
		this.stopSequences = List.of();
		this.sandbox = sandbox(source, patience);
		this.bosToken = bosToken;
		this.eosToken = eosToken;
		this.addsBos = addsBos;
		mustKeepAll(List.of(GREETING, ANSWER, QUESTION));
		this.writesSystem = keepsAll(List.of(INSTRUCTION, GREETING, ANSWER, QUESTION));
		this.replyPrefix = findReplyPrefix();
		this.ownToolFormat = findToolFormat();
	}

	private JinjaTemplate(JinjaTemplate other, List<String> stopSequences) {
		this.stopSequences = List.copyOf(stopSequences);
		this.sandbox = other.sandbox;
		this.bosToken = other.bosToken;
		this.eosToken = other.eosToken;
		this.addsBos = other.addsBos;
		this.writesSystem = other.writesSystem;
		this.replyPrefix = other.replyPrefix;
		this.ownToolFormat = other.ownToolFormat;
	}

	/** The same template with texts that end a reply. */
	JinjaTemplate withStopSequences(List<String> stopSequences) {
		return new JinjaTemplate(this, stopSequences);
	}

	private static JinjaSandbox sandbox(String source, Duration patience) {
		try {
			return new JinjaSandbox(JinjaSource.rewrite(source), patience);
		} catch (IllegalArgumentException e) {
			throw failed(e);
		}
	}

	@Override
	public String name() {
		return NAME;
	}

	/** Those of a family that writes the same; else none, for what ends a turn in such a template are tokens that the vocabulary knows. */
	@Override
	public List<String> stopSequences() {
		return stopSequences;
	}

	/** Whether the template itself writes tools, calls and results. */
	boolean writesTools() {
		return ownToolFormat != null;
	}

	@Override
	public ToolFormat toolFormat() {
		return ownToolFormat == null ? ToolFormats.PLAIN : ownToolFormat;
	}

	@Override
	public Prompt render(List<Message> messages, RenderOptions options) {
		return render(messages, List.of(), options);
	}

	@Override
	public Prompt render(List<Message> messages, List<Tool> tools, RenderOptions options) {
		return write(messages, tools, options, !options.continuesLast());
	}

	@Override
	public Prompt renderFinished(List<Message> messages) {
		return write(messages, List.of(), RenderOptions.NONE, false);
	}

	private Prompt write(List<Message> messages, List<Tool> tools, RenderOptions options, boolean asksForReply) {
		if (ownToolFormat == null) {
			return writeAll(ToolMessages.plain(messages, tools, ToolFormats.PLAIN, "", Role.USER), List.of(), options,
					asksForReply);
		}
		return writeAll(ownToolFormat.several() ? messages : ToolMessages.oneCallEach(messages), tools, options,
				asksForReply);
	}

	private Prompt writeAll(List<Message> messages, List<Tool> tools, RenderOptions options, boolean asksForReply) {
		var transcript = Transcript.of(messages);
		var written = writesSystem ? transcript : transcript.withSystemInFirstUser();
		var all = new ArrayList<Message>();
		if (written.system() != null) {
			all.add(new Message(Role.SYSTEM, written.system()));
		}
		all.addAll(written.turns());

		var rendering = run(all, tools, options, asksForReply);
		if (rendering.loses(Role.USER)) {
			throw new TemplateFailed(NAME, "it drops a user message", null);
		}
		if (rendering.loses(Role.TOOL)) {
			throw new TemplateFailed(NAME, "it drops what a tool has answered", null);
		}
		String whole = options.continuesLast() ? open(rendering, all.getLast()) : rendering.text();
		boolean writesBos = !bosToken.isEmpty() && whole.startsWith(bosToken);
		String text = writesBos ? whole.substring(bosToken.length()) : whole;
		List<PromptSegment> segments = rendering.contents().restore(text, new SegmentBuilder()).build();
		return new Prompt(segments, writesBos || addsBos, asksForReply ? replyPrefix : "");
	}

	/**
	 * The rendering up to where its last message ends, as Hugging Face's {@code continue_final_message} cuts it. White space behind
	 * the message stays if the template leaves it there.
	 */
	private static String open(Rendering rendering, Message last) {
		var masked = String.valueOf(rendering.messages().getLast().get("content")).stripTrailing();
		var end = masked.substring(masked.length() - 1);
		int at = rendering.text().lastIndexOf(end);
		if (!TypedContents.survive(masked, rendering.text()) || !TypedContents.isSentinel(end.charAt(0))) {
			throw new TemplateFailed(NAME, "it does not let the last message be continued", null);
		}
		var blank = last.content().substring(last.content().stripTrailing().length());
		boolean keeps = rendering.text().startsWith(blank, at + 1);
		return rendering.text().substring(0, at + 1) + (keeps ? blank : "");
	}

	private void mustKeepAll(List<Message> probe) {
		var rendering = run(probe);
		if (rendering.loses(Role.USER) || rendering.loses(Role.ASSISTANT)) {
			throw new TemplateFailed(NAME, "it drops messages", null);
		}
	}

	private boolean keepsAll(List<Message> probe) {
		try {
			return !run(probe).loses(Role.SYSTEM);
		} catch (TemplateFailed e) {
			return false;
		}
	}

	/** White space that an answer gets when it is written into the conversation behind the place where it was asked for. */
	private String findReplyPrefix() {
		String open = run(List.of(GREETING)).text();
		String answered = run(List.of(GREETING, ANSWER)).text();
		if (!answered.startsWith(open)) {
			return "";
		}
		String answer = answered.substring(open.length());
		int blank = answer.length() - answer.stripLeading().length();
		return answer.substring(0, blank);
	}

	/** Lets the template write a call and its result, and looks for what was written. */
	private @Nullable ToolFormat findToolFormat() {
		try {
			var rendering = run(List.of(GREETING, CALL, RESULT), List.of(TOOL), RenderOptions.NONE, true);
			var text = new Prompt(rendering.contents().restore(rendering.text(), new SegmentBuilder()).build(), false,
					"")
					.text();
			return rendering.loses(Role.TOOL) || !text.contains(TOOL.description())
					? null
					: ToolFormats.ALL.in(text, TOOL.name()).orElse(null);
		} catch (TemplateFailed e) {
			return null;
		}
	}

	private Rendering run(List<Message> messages) {
		return run(messages, List.of(), RenderOptions.NONE, true);
	}

	private Rendering run(List<Message> messages, List<Tool> tools, RenderOptions options, boolean asksForReply) {
		var contents = new TypedContents();
		try {
			var masked = JinjaMessages.of(messages, contents);
			var variables = new HashMap<String, Object>(options.variables());
			// The functions are named here as well, because templates ask whether they are defined.
			variables.putAll(Map.of("messages", masked, "bos_token", bosToken, "eos_token", eosToken,
					"add_generation_prompt", asksForReply, "strftime_now", true, "raise_exception", true));
			if (!tools.isEmpty()) {
				variables.put("tools", JinjaMessages.definitions(tools, contents));
			}
			return new Rendering(contents, masked, sandbox.render(variables));
		} catch (JinjaSandbox.Broken | TypedContents.TooMany e) {
			throw failed(e);
		}
	}

	private static TemplateFailed failed(RuntimeException e) {
		return new TemplateFailed(NAME, String.valueOf(e.getMessage()), e);
	}

	/**
	 * @param messages as the template got them
	 * @param text as the template wrote it, with sentinels
	 */
	private record Rendering(TypedContents contents, List<Map<String, Object>> messages, String text) {

		private boolean loses(Role role) {
			return messages.stream()
					.filter(message -> role.name().equalsIgnoreCase(String.valueOf(message.get("role"))))
					.anyMatch(message -> !TypedContents.survive(String.valueOf(message.get("content")), text));
		}

	}

}
