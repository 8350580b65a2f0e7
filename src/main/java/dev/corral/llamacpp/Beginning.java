package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;

/**
 * Where a reply stands that another engine began, before anything is computed.
 *
 * @param tokens what follows on the resumed tokens without being sampled, for the constraint leaves no choice
 * @param delta what those make final, to be told when the prompt is computed; {@code null} if that is nothing
 * @param end why the reply is complete already; {@code null} if it is not
 */
record Beginning(List<Integer> tokens, @Nullable TokenDelta delta, @Nullable FinishReason end) {

	private static final Beginning NONE = new Beginning(List.of(), null, null);

	/**
	 * Brings a reply's text, and what follows without being sampled its sampler too, to where the resumed part ends.
	 *
	 * @param mostTokens tokens the whole reply may have
	 * @param sampler of the request
	 * @param text without any text yet
	 * @throws InvalidParameter if more characters are said to be told than the resumed tokens have
	 */
	static Beginning of(GenerationRequest request, int mostTokens, Sampler sampler, ReplyText text) {
		int resumed = request.resumed().tokens();
		if (resumed == 0) {
			return NONE;
		}
		var prompt = request.promptTokens();
		boolean ended = false;
		for (int token : prompt.subList(prompt.size() - resumed, prompt.size())) {
			if (sampler.endsAt(token)) {
				ended = true;
			} else {
				text.replay(sampler.piece(token));
			}
		}
		text.toldBefore(request.resumed().characters());
		var following = new Following(mostTokens, resumed, sampler, text);
		return following.from(ended ? FinishReason.STOP : following.reached());
	}

	/** Takes the tokens that need not be sampled, as the scheduler does after each token that is. */
	private static final class Following {

		private final int mostTokens;

		private final int resumed;

		private final Sampler sampler;

		private final ReplyText text;

		private final List<Integer> tokens = new ArrayList<>();

		Following(int mostTokens, int resumed, Sampler sampler, ReplyText text) {
			this.mostTokens = mostTokens;
			this.resumed = resumed;
			this.sampler = sampler;
			this.text = text;
		}

		Beginning from(@Nullable FinishReason reached) {
			var end = reached;
			TokenDelta delta = null;
			var forced = end == null ? sampler.forced() : new int[0];
			for (int i = 0; i < forced.length && end == null; i++) {
				sampler.accept(forced[i]);
				tokens.add(forced[i]);
				delta = joined(delta, text.append(new SampledToken(forced[i], null), sampler.piece(forced[i])));
				end = reached();
			}
			if (end == null && sampler.mustEnd()) {
				end = FinishReason.STOP;
			}
			return new Beginning(tokens, end == null ? delta : joined(delta, text.flush()), end);
		}

		@Nullable
		FinishReason reached() {
			if (text.stopped()) {
				return FinishReason.STOP;
			}
			return resumed + tokens.size() >= mostTokens ? FinishReason.LENGTH : null;
		}

		private static @Nullable TokenDelta joined(@Nullable TokenDelta first, @Nullable TokenDelta next) {
			if (first == null || next == null) {
				return first == null ? next : first;
			}
			return first.plus(next);
		}

	}

}
