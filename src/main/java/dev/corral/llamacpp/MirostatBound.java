package dev.corral.llamacpp;

import dev.corral.inference.Mirostat;

/** Draws as {@link Mirostat} describes, and moves the bound, which tokens that were drawn elsewhere do not. */
final class MirostatBound {

	private final Mirostat parameters;

	private double bits;

	MirostatBound(Mirostat parameters) {
		this(parameters, 2.0 * parameters.tau());
	}

	private MirostatBound(Mirostat parameters, double bits) {
		this.parameters = parameters;
		this.bits = bits;
	}

	MirostatBound copy() {
		return new MirostatBound(parameters, bits);
	}

	int draw(Candidates candidates, double noise) {
		candidates.limitSurprise(bits);
		int token = candidates.draw(noise);
		bits -= parameters.eta() * (candidates.drawnSurprise(token) - parameters.tau());
		return token;
	}

}
