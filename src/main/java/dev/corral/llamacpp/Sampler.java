package dev.corral.llamacpp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.Mirostat;
import dev.corral.inference.SamplingParameters;

/**
 * Chooses the tokens of one reply, in the order that {@link SamplingParameters} tells.
 *
 * <p>Its state depends on the tokens of prompt and reply alone ({@link Mirostat} excepted), so a sampler that is made for the same
 * request and {@linkplain #accept told} the reply so far goes on as the first one would. It shares nothing with other samplers:
 * different ones may be used at the same time, one by one thread at a time.
 */
final class Sampler {

	private static final String NOTHING_USABLE = "the model gave no usable probabilities";

	private static final int[] NOTHING = {};

	private final SamplingParameters parameters;

	private final long seed;

	private final SamplerVocabulary vocabulary;

	private final RuledTokens rules;

	private final @Nullable TokenConstraint constraint;

	private final Penalties penalties;

	private final @Nullable DryPenalty dry;

	private final @Nullable MirostatBound mirostat;

	private final @Nullable Logprobs logprobs;

	private int replyTokens;

	/**
	 * A sampler at the end of the request's prompt, the resumed part of the reply included.
	 *
	 * @param seed of the draws; the one that the request gives, or a fresh one
	 * @param constraint in its initial state, from now on the sampler's; {@code null} leaves the reply free
	 * @throws InvalidParameter if the constraint does not allow the resumed part
	 */
	Sampler(GenerationRequest request, long seed, SamplerVocabulary vocabulary, @Nullable TokenConstraint constraint) {
		this.parameters = request.sampling();
		this.seed = seed;
		this.vocabulary = vocabulary;
		this.constraint = constraint;
		var tokens = request.promptTokens();
		var prompt = tokens.subList(0, tokens.size() - request.resumed().tokens());
		rules = new RuledTokens(parameters.tokens(), vocabulary.endOfGeneration());
		penalties = new Penalties(parameters.penalties(), prompt);
		var dryParameters = parameters.dry();
		dry = dryParameters == null ? null : new DryPenalty(dryParameters, prompt, vocabulary.pieces());
		var mirostatParameters = parameters.mirostat();
		mirostat = mirostatParameters == null ? null : new MirostatBound(mirostatParameters);
		var count = request.logprobs();
		logprobs = count == null ? null : new Logprobs(count, vocabulary.pieces());
		replay(tokens.subList(prompt.size(), tokens.size()));
	}

	private Sampler(Sampler other) {
		parameters = other.parameters;
		seed = other.seed;
		vocabulary = other.vocabulary;
		rules = other.rules;
		constraint = other.constraint == null ? null : other.constraint.copy();
		penalties = other.penalties.copy();
		dry = other.dry == null ? null : other.dry.copy();
		mirostat = other.mirostat == null ? null : other.mirostat.copy();
		logprobs = other.logprobs == null ? null : other.logprobs.copy();
		replyTokens = other.replyTokens;
	}

	/** A sampler in the same state, which goes on independently. */
	Sampler fork() {
		return new Sampler(this);
	}

	private void replay(List<Integer> resumed) {
		for (int token : resumed) {
			try {
				accept(token);
			} catch (IllegalArgumentException refused) {
				throw new InvalidParameter("resumed_tokens",
						"must name tokens that the constraint of the reply allows, but it does not allow token %d, the %d. of them"
								.formatted(token, replyTokens));
			}
		}
	}

	/** Takes note of the next token of the reply, which another sampler chose. */
	void accept(int token) {
		replyTokens++;
		penalties.accept(token);
		if (dry != null) {
			dry.accept(token);
		}
		if (constraint != null) {
			constraint.accept(token);
		}
	}

	/**
	 * The tokens that must come next, so that they need not be sampled; {@link #accept} is to be told them. None where their
	 * log-probabilities are wanted, or where the rules have something to say about them.
	 */
	int[] forced() {
		var tokens = constraint == null || logprobs != null ? NOTHING : constraint.forced();
		for (int token : tokens) {
			if (!rules.allow(token)) {
				return NOTHING;
			}
		}
		return tokens;
	}

	/** Whether the reply ends with this token because the request says so. */
	boolean stopsAt(int token) {
		return rules.stopsAt(token);
	}

	/** What a token stands for in this reply; {@code usual} is what it stands for otherwise. */
	byte[] piece(int token, byte[] usual) {
		return constraint == null ? usual : constraint.piece(token, usual);
	}

	/** What a token stands for in this reply. */
	byte[] piece(int token) {
		return piece(token, vocabulary.pieces().apply(token));
	}

	/** Whether the reply ends with this token, because the request says so or the vocabulary. */
	boolean endsAt(int token) {
		return stopsAt(token) || vocabulary.endOfGeneration().contains(token);
	}

	/** Whether the constraint lets nothing follow but the end. */
	boolean mustEnd() {
		return constraint != null && constraint.mustEnd();
	}

	/**
	 * Chooses the next token of the reply and takes note of it.
	 *
	 * @param logits one per token of the vocabulary; overwritten
	 * @param candidates work space of the same length; overwritten
	 * @param position of the token in its sequence, which its noise depends on
	 * @throws IllegalStateException if no logit is a finite number, or if the rules and the constraint leave no token
	 */
	SampledToken sample(float[] logits, int[] candidates, int position) {
		requireAny(logits, NOTHING_USABLE);
		if (logprobs != null) {
			logprobs.remember(logits);
		}
		rules.apply(logits, replyTokens);
		if (constraint != null) {
			constraint.apply(logits);
		}
		requireAny(logits, "the constraint of the reply and the banned tokens leave no token to choose from");
		penalties.apply(logits);
		if (dry != null) {
			dry.apply(logits);
		}
		int token = choose(logits, candidates, position);
		accept(token);
		return new SampledToken(token, logprobs == null ? null : logprobs.of(token));
	}

	private int choose(float[] logits, int[] tokens, int position) {
		int best = mostLikely(logits);
		if (parameters.greedy()) {
			return best;
		}
		double noise = Noise.uniform(seed, Noise.Stream.DRAW, position);
		var candidates = new Candidates(logits, tokens, logits[best]);
		if (mirostat != null) {
			candidates.temper(parameters.temperature());
			return mirostat.draw(candidates, noise);
		}
		candidates.truncate(parameters.truncation());
		var xtc = parameters.xtc();
		if (xtc != null && Noise.uniform(seed, Noise.Stream.XTC, position) < xtc.probability()) {
			candidates.excludeTopChoices(xtc.threshold());
		}
		candidates.temper(parameters.temperature());
		return candidates.draw(noise);
	}

	private static int mostLikely(float[] logits) {
		int best = -1;
		float highest = Float.NEGATIVE_INFINITY;
		for (int token = 0; token < logits.length; token++) {
			if (logits[token] > highest) {
				highest = logits[token];
				best = token;
			}
		}
		if (best < 0 || highest == Float.POSITIVE_INFINITY) {
			throw new IllegalStateException(NOTHING_USABLE);
		}
		return best;
	}

	private static void requireAny(float[] logits, String otherwise) {
		for (float logit : logits) {
			if (logit > Float.NEGATIVE_INFINITY) {
				return;
			}
		}
		throw new IllegalStateException(otherwise);
	}

}
