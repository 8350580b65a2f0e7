package dev.corral.cli.randommodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.corral.inference.InvalidParameter;

/** Shapes of usual sizes. The larger ones are those of TinyLlama 1.1B and Llama 2 7B. */
record Preset(int layers, int width, int heads, int kvHeads, int feedForward) {

	private static final Map<String, Preset> ALL = new LinkedHashMap<>();

	static {
		ALL.put("15m", new Preset(6, 192, 6, 6, 512));
		ALL.put("134m", new Preset(12, 768, 12, 12, 2048));
		ALL.put("1.1b", new Preset(22, 2048, 32, 4, 5632));
		ALL.put("7b", new Preset(32, 4096, 32, 32, 11008));
	}

	/** @throws InvalidParameter if there is none of this name */
	static Preset named(String name) {
		var preset = ALL.get(name);
		if (preset == null) {
			throw new InvalidParameter("parameters-preset",
					"must be one of %s, but is %s".formatted(String.join(", ", ALL.keySet()), name));
		}
		return preset;
	}

	/** The names, for the usage text. */
	static final class Names extends ArrayList<String> {

		Names() {
			super(ALL.keySet());
		}

	}

}
