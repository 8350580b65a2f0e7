package dev.corral.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import picocli.CommandLine.Option;

/** The options that say what is sent and what is reported. */
final class LoadOptions {

	private static final double MIXED_RATE = 2;

	@Option(names = "--workload", paramLabel = "NAME", converter = Converters.Workloads.class, description = {
			"single: one user, one request after the other.",
			"fan: short requests all at once.",
			"shared-prefix: users at once share a long system prompt.",
			"stall: a long prompt arrives while replies stream.",
			"revisit: more conversations than sequences, gone on with in random order.",
			"multi-turn: users hold one conversation each.",
			"mixed: chats, long prompts and hang-ups at random, for --duration."})
	private @Nullable WorkloadKind workload;

	@Option(names = "--users", description = "How many send at the same time.")
	private @Nullable Integer users;

	@Option(names = "--requests", description = "Requests of each user; turns of multi-turn, rounds of stall, visits to each conversation of revisit.")
	private @Nullable Integer requests;

	@Option(names = "--rate", description = "Requests (users of multi-turn) arrive by a Poisson process of so many per second and wait for nobody; without it each user waits for its reply.")
	private @Nullable Double rate;

	@Option(names = "--max-tokens", description = "Tokens of each reply.")
	private @Nullable Integer maxTokens;

	@Option(names = "--prompt-tokens", description = "About the tokens of each message; of the long prompt of stall and mixed; of the first message of revisit. The template adds its own.")
	private @Nullable Integer promptTokens;

	@Option(names = "--system-tokens", description = "About the tokens of a system prompt that all requests of single, fan and shared-prefix begin with.")
	private @Nullable Integer systemTokens;

	@Option(names = "--conversations", defaultValue = "24", description = "Conversations of revisit (${DEFAULT-VALUE}).")
	private int conversations;

	@Option(names = "--think-time", defaultValue = "0s", converter = Converters.Durations.class, description = "Of users of multi-turn, between a reply and the next turn (${DEFAULT-VALUE}).")
	private Duration thinkTime = Duration.ZERO;

	@Option(names = "--duration", defaultValue = "60s", converter = Converters.Durations.class, description = "Of mixed (${DEFAULT-VALUE}).")
	private Duration duration = Duration.ZERO;

	@Option(names = "--state", paramLabel = "FILE", description = "Where revisit keeps its conversations.")
	private @Nullable Path state;

	@Option(names = "--skip-opening", description = "Revisit goes on with the conversations of --state, for example after a restart of the server.")
	private boolean skipOpening;

	@Option(names = "--warmup", defaultValue = "2", description = "Requests before those that count (${DEFAULT-VALUE}).")
	private int warmup;

	@Option(names = "--seed", defaultValue = "1", description = "Of all words and all sampling (${DEFAULT-VALUE}). A server may know the prompts of a seed that it was sent before.")
	private long seed;

	@Option(names = "--slo", split = ",", paramLabel = "MEASURE=TIME", description = {
			"What a good request keeps, such as ttft=2s,itl=150ms: ttft, time to the first delta; itl, every gap between deltas; tpot, mean time per output token; e2e, the whole reply."}, converter = {
					Converters.Measures.class, Converters.Durations.class})
	private Map<Slo.Measure, Duration> slo = new LinkedHashMap<>();

	@Option(names = "--temperature", defaultValue = "0.8", description = "Of the sampling (${DEFAULT-VALUE}).")
	private double temperature;

	@Option(names = "--top-k", description = "Of the sampling; the target's own without it.")
	private @Nullable Integer topK;

	@Option(names = "--ban-token", paramLabel = "ID", description = "Never to be generated, through logit_bias; the end-of-sequence token (2 in LLaMA) makes replies as long as --max-tokens.")
	private List<Integer> bannedTokens = new ArrayList<>();

	@Option(names = "--timeout", defaultValue = "120s", converter = Converters.Durations.class, description = "Of one whole reply (${DEFAULT-VALUE}).")
	private Duration timeout = Duration.ZERO;

	@Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON too; - is standard output, and the table goes to standard error.")
	private @Nullable String json;

	/** @throws InvalidParameter if the options do not fit together */
	Load load() {
		if (workload == null) {
			throw new InvalidParameter("--workload", "is missing");
		}
		var defaults = workload.defaults();
		double usualRate = workload == WorkloadKind.MIXED ? MIXED_RATE : 0;
		return new Load(workload, or(users, defaults.users()), or(requests, defaults.requests()),
				rate == null ? usualRate : rate, or(systemTokens, defaults.systemTokens()),
				or(promptTokens, defaults.promptTokens()), or(maxTokens, defaults.maxTokens()), conversations,
				thinkTime, duration, warmup, seed, new Slo(slo), skipOpening, state);
	}

	Sampling sampling(boolean ignoreEos, Map<String, String> body) {
		return new Sampling(temperature, topK, ignoreEos, bannedTokens, body);
	}

	/** @throws InvalidParameter if it is none */
	Duration timeout() {
		if (!timeout.isPositive()) {
			throw new InvalidParameter("--timeout", "must be above 0, but is " + timeout);
		}
		return timeout;
	}

	@Nullable
	String json() {
		return json;
	}

	private static int or(@Nullable Integer given, int otherwise) {
		return given == null ? otherwise : given;
	}

}
