package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.TokenLogprob;
import reactor.core.publisher.Flux;

/**
 * Takes a prefix off the beginning of one reply. Text that may still become the prefix is held back; once the reply has
 * begun otherwise, or has ended, it comes out unchanged. The tokens of what is swallowed go with the next delta.
 */
final class ReplyPrefix {

	private final String prefix;

	private String held = "";

	private final List<Integer> heldTokens = new ArrayList<>();

	private final List<TokenLogprob> heldLogprobs = new ArrayList<>();

	private boolean passed;

	private ReplyPrefix(String prefix) {
		this.prefix = prefix;
	}

	/** The events of a reply without the prefix; each subscription begins anew. */
	static Flux<GenerationEvent> strip(String prefix, Flux<GenerationEvent> events) {
		if (prefix.isEmpty()) {
			return events;
		}
		// Prefetch 1: what the reader has not taken stays in the engine's bridge, which merges it.
		return Flux.defer(() -> events.concatMapIterable(new ReplyPrefix(prefix)::accept, 1));
	}

	private List<GenerationEvent> accept(GenerationEvent event) {
		return switch (event) {
			case Admitted _,PromptProcessed _ -> List.of(event);
			case TokenDelta delta -> delta(delta);
			case Finished _,Failed _ ->
				held.isEmpty() ? List.of(event) : List.of(withHeldTokens(held), event);
		};
	}

	private List<GenerationEvent> delta(TokenDelta delta) {
		if (passed && heldTokens.isEmpty()) {
			return List.of(delta);
		}
		heldTokens.addAll(delta.tokenIds());
		heldLogprobs.addAll(delta.logprobs());
		var text = held + delta.text();
		if (!passed && text.length() < prefix.length() && prefix.startsWith(text)) {
			held = text;
			return List.of();
		}
		var rest = !passed && text.startsWith(prefix) ? text.substring(prefix.length()) : text;
		passed = true;
		held = "";
		return rest.isEmpty() ? List.of() : List.of(withHeldTokens(rest));
	}

	private TokenDelta withHeldTokens(String text) {
		var delta = new TokenDelta(text, heldTokens, heldLogprobs);
		heldTokens.clear();
		heldLogprobs.clear();
		return delta;
	}

}
