package dev.corral.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.corral.inference.PromptSegment;

/**
 * The conversation template that a GGUF file holds as Jinja source ({@code tokenizer.chat_template}), rendered the way of
 * Hugging Face's {@code apply_chat_template}. The template sees {@link TypedContents sentinels} in place of what people
 * typed. If it refuses or drops system messages, they become the beginning of the first user message.
 */
final class JinjaTemplate implements ConversationTemplate {

	static final String NAME = "gguf";

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Message GREETING = new Message(Role.USER, "Hello!");
	private static final Message ANSWER = new Message(Role.ASSISTANT, "Hi!");
	private static final Message QUESTION = new Message(Role.USER, "How are you?");
	private static final Message INSTRUCTION = new Message(Role.SYSTEM, "Be brief.");

	private final JinjaSandbox sandbox;
	private final String bosToken;
	private final String eosToken;
	private final boolean addsBos;
	private final boolean writesSystem;
	private final String replyPrefix;

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
		this.sandbox = sandbox(source, patience);
		this.bosToken = bosToken;
		this.eosToken = eosToken;
		this.addsBos = addsBos;
		mustKeepAll(List.of(GREETING, ANSWER, QUESTION));
		this.writesSystem = keepsAll(List.of(INSTRUCTION, GREETING, ANSWER, QUESTION));
		this.replyPrefix = findReplyPrefix();
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

	/** None: what ends a turn in such a template are tokens, and the vocabulary knows them. */
	@Override
	public List<String> stopSequences() {
		return List.of();
	}

	@Override
	public Prompt render(List<Message> messages, RenderOptions options) {
		var transcript = Transcript.of(messages);
		var written = writesSystem ? transcript : transcript.withSystemInFirstUser();
		var all = new ArrayList<Message>();
		if (written.system() != null) {
			all.add(new Message(Role.SYSTEM, written.system()));
		}
		all.addAll(written.turns());

		var rendering = run(all, options);
		if (rendering.loses(Role.USER)) {
			throw new TemplateFailed(NAME, "it drops a user message", null);
		}
		String whole = options.continuesLast() ? open(rendering, all.getLast()) : rendering.text();
		boolean writesBos = !bosToken.isEmpty() && whole.startsWith(bosToken);
		String text = writesBos ? whole.substring(bosToken.length()) : whole;
		List<PromptSegment> segments = rendering.contents().restore(text, new SegmentBuilder()).build();
		return new Prompt(segments, writesBos || addsBos, options.continuesLast() ? "" : replyPrefix);
	}

	/**
	 * The rendering up to where its last message ends, as Hugging Face's {@code continue_final_message} cuts it. White space behind
	 * the message stays if the template leaves it there.
	 */
	private static String open(Rendering rendering, Message last) {
		var masked = rendering.messages().getLast().getOrDefault("content", "").stripTrailing();
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

	private Rendering run(List<Message> messages) {
		return run(messages, RenderOptions.NONE);
	}

	private Rendering run(List<Message> messages, RenderOptions options) {
		var contents = new TypedContents();
		try {
			List<Map<String, String>> masked = messages.stream()
					.map(message -> Map.of("role", message.role().name().toLowerCase(Locale.ROOT), "content",
							contents.masked(message)))
					.toList();
			var variables = new HashMap<String, Object>(options.variables());
			// The functions are named here as well, because templates ask whether they are defined.
			variables.putAll(Map.of("messages", masked, "bos_token", bosToken, "eos_token", eosToken,
					"add_generation_prompt", !options.continuesLast(), "strftime_now", true, "raise_exception", true));
			String text = sandbox.render(variables);
			return new Rendering(contents, masked, text);
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
	private record Rendering(TypedContents contents, List<Map<String, String>> messages, String text) {

		private boolean loses(Role role) {
			return messages.stream().filter(message -> role.name().equalsIgnoreCase(message.get("role")))
					.anyMatch(message -> !TypedContents.survive(message.getOrDefault("content", ""), text));
		}

	}

}
