package dev.corral.contextwindow;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.corral.inference.InvalidParameter;

/** What is done about a conversation that has outgrown its model's context window. */
public enum WindowPolicy {

	/** The oldest turns are left out. */
	ROLLING,

	/** The oldest turns are left out, and a running summary by the model stands for them. */
	RECAP,

	/** The oldest turns are left out, and those of them that matter for the newest message are brought back. */
	RECALL,

	/**
	 * The first turn stays, those after it are left out, and the key-value cache of the rest slides up instead of being computed anew
	 * (Xiao and others, "Efficient Streaming Language Models with Attention Sinks", 2023). A cut costs little, so as few turns go as make
	 * some room.
	 */
	SINK_SHIFT,

	/** The request fails. */
	STRICT,

	/** All turns before the newest are closed as a segment, and the next one begins with a summary of it by the model. */
	SPLIT;

	/** The name in requests and settings: {@code rolling}, {@code sink-shift}. */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether what is left out is summarised, which needs somewhere to keep the summaries. */
	public boolean summarises() {
		return this == RECAP || this == SPLIT;
	}

	/**
	 * @param parameter the request's field that the name came in
	 * @throws InvalidParameter if no policy has this name
	 */
	public static WindowPolicy of(String parameter, String id) {
		return Arrays.stream(values()).filter(policy -> policy.id().equals(id)).findFirst()
				.orElseThrow(() -> new InvalidParameter(parameter, "must be one of %s, but is '%s'".formatted(
						Arrays.stream(values()).map(WindowPolicy::id).collect(Collectors.joining(", ")), id)));
	}

}
