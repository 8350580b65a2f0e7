package dev.corral.chat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ReplyParameters;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/**
 * What is to be different about the parameters of a conversation, merged as RFC 7396 has it: a field that is {@code null} takes the
 * parameter away, an absent one leaves it.
 *
 * @param given what is set
 * @param removed names of those that are taken away
 */
record ParametersChange(ReplyParameters given, Set<String> removed) {

	private static final List<String> NAMES = List.of("max_tokens", "temperature", "top_p", "top_k", "min_p",
			"presence_penalty", "frequency_penalty", "repetition_penalty", "seed", "stop", "window");

	ParametersChange {
		removed = Set.copyOf(removed);
	}

	/**
	 * @throws InvalidParameter naming the field that is malformed or out of its range
	 */
	static ParametersChange parse(JsonFields fields) {
		return new ParametersChange(ReplyParametersParser.parse(fields),
				NAMES.stream().filter(fields::isNull).collect(Collectors.toSet()));
	}

	boolean isEmpty() {
		return removed.isEmpty() && given.equals(ReplyParameters.NONE);
	}

	ReplyParameters apply(ReplyParameters old) {
		return given.orElse(new ReplyParameters(kept("max_tokens", old.maxTokens()),
				kept("temperature", old.temperature()), kept("top_p", old.topP()), kept("top_k", old.topK()),
				kept("min_p", old.minP()), kept("presence_penalty", old.presencePenalty()),
				kept("frequency_penalty", old.frequencyPenalty()),
				kept("repetition_penalty", old.repetitionPenalty()), kept("seed", old.seed()),
				kept("stop", old.stop()), kept("window", old.window())));
	}

	private <T> @Nullable T kept(String name, @Nullable T value) {
		return removed.contains(name) ? null : value;
	}

}
