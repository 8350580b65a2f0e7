package dev.corral.generation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.TokenLogprob;
import dev.corral.template.Tool;
import dev.corral.template.ToolFormat;
import reactor.core.publisher.Flux;

/**
 * Takes the calls of tools out of one reply. What is said goes on as text, with the tokens of what was held back; the tokens of calls are
 * not told.
 */
final class ToolCallStream {

	private final ToolCallReader reader;

	private final Supplier<String> ids;

	private final List<Integer> heldTokens = new ArrayList<>();

	private final List<TokenLogprob> heldLogprobs = new ArrayList<>();

	/** Bytes of text that came out and belong to tokens that have not. */
	private int uncovered;

	private int calls;

	private ToolCallStream(ToolFormat format, Set<String> tools, Supplier<String> ids) {
		reader = new ToolCallReader(format, tools);
		this.ids = ids;
	}

	/**
	 * The events of a reply with its calls apart; each subscription begins anew.
	 *
	 * @param tools what may be called; without any the text is text
	 * @param ids gives each call its name
	 */
	static Flux<ReplyEvent> of(ToolFormat format, List<Tool> tools, Supplier<String> ids,
			Flux<GenerationEvent> events) {
		if (tools.isEmpty()) {
			return events.map(ReplyEvent.Generated::new);
		}
		var names = tools.stream().map(Tool::name).collect(Collectors.toSet());
		// Prefetch 1: what the reader has not taken stays in the engine's bridge, which merges it.
		return Flux.defer(() -> events.concatMapIterable(new ToolCallStream(format, names, ids)::accept, 1));
	}

	private List<ReplyEvent> accept(GenerationEvent event) {
		return switch (event) {
			case Admitted _,PromptProcessed _ -> List.of(new ReplyEvent.Generated(event));
			case TokenDelta delta -> delta(delta);
			case Finished finished -> end(finished.reason() != FinishReason.STOP, event);
			case Failed _ -> end(true, event);
		};
	}

	private List<ReplyEvent> delta(TokenDelta delta) {
		heldTokens.addAll(delta.tokenIds());
		heldLogprobs.addAll(delta.logprobs());
		var parts = reader.append(delta.text());
		var events = events(parts);
		if (reader.inCall()) {
			forgetTokens();
		}
		return events;
	}

	private List<ReplyEvent> end(boolean cut, GenerationEvent event) {
		var events = events(reader.end(cut));
		events.add(new ReplyEvent.Generated(event));
		return events;
	}

	private List<ReplyEvent> events(List<ToolCallReader.Part> parts) {
		var events = new ArrayList<ReplyEvent>();
		for (int i = 0; i < parts.size(); i++) {
			events.add(switch (parts.get(i)) {
				case ToolCallReader.Part.Text text -> text(text.text(), i == parts.size() - 1);
				case ToolCallReader.Part.Call call -> {
					forgetTokens();
					yield new ReplyEvent.ToolCallBegun(calls++, ids.get(), call.tool());
				}
				case ToolCallReader.Part.Arguments arguments ->
					new ReplyEvent.ToolCallArguments(calls - 1, arguments.json());
			});
		}
		return events;
	}

	/**
	 * Text with its tokens. The bytes of log-probabilities tell where a token belongs; without them all that are held go along.
	 *
	 * @param last whether no other part follows it
	 */
	private ReplyEvent text(String text, boolean last) {
		int tokens = heldTokens.size();
		if (!heldLogprobs.isEmpty() && (!last || reader.holding())) {
			uncovered += text.getBytes(StandardCharsets.UTF_8).length;
			tokens = 0;
			while (tokens < heldLogprobs.size() && uncovered > 0) {
				uncovered -= heldLogprobs.get(tokens++).bytes().length;
			}
		} else {
			uncovered = 0;
		}
		var told = heldTokens.subList(0, tokens);
		var likely = heldLogprobs.subList(0, Math.min(tokens, heldLogprobs.size()));
		var delta = new TokenDelta(text, told, likely);
		told.clear();
		likely.clear();
		return new ReplyEvent.Generated(delta);
	}

	private void forgetTokens() {
		heldTokens.clear();
		heldLogprobs.clear();
		uncovered = 0;
	}

}
