package dev.corral.inference;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An engine without a model: it answers as the test tells it to, and records what it was asked. */
public final class FakeEngine implements InferenceEngine {

	public static final Usage USAGE = new Usage(7, 3, 5);

	private final ModelInfo model;

	private final List<GenerationRequest> requests = new CopyOnWriteArrayList<>();

	private volatile Function<GenerationRequest, Flux<GenerationEvent>> script = _ -> reply("Hello");

	private volatile CompletableFuture<Void> cancelled = new CompletableFuture<>();

	private volatile EngineLoad load = new EngineLoad(0, 0, 4);

	private volatile CacheStatistics cache = CacheStatistics.NONE;

	private volatile WorkStatistics work = WorkStatistics.NONE;

	private volatile DraftStatistics drafts = DraftStatistics.NONE;

	private final AtomicInteger generating = new AtomicInteger();

	private volatile boolean closed;

	public FakeEngine(String name, int contextTokens) {
		this.model = new ModelInfo(name, "fake", 0x110000, contextTokens, contextTokens, 0, 4);
	}

	/** The events of a reply that goes well. */
	public static Flux<GenerationEvent> reply(String... deltas) {
		return Flux.concat(begun(), Flux.fromArray(deltas).map(text -> delta(text)),
				Flux.just(finished(FinishReason.STOP)));
	}

	/** A delta of one token, whose id the text tells. */
	public static TokenDelta delta(String text) {
		return new TokenDelta(text, List.of(text.hashCode()));
	}

	/** A delta of one token with this log-probability, the first of two likely ones; the other is the byte 0xff. */
	public static TokenDelta delta(String text, double logprob) {
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		var top = List.of(new TokenLogprob.Top(text.hashCode(), logprob, bytes),
				new TokenLogprob.Top(1, logprob - 1, new byte[]{-1}));
		return new TokenDelta(text, List.of(text.hashCode()),
				List.of(new TokenLogprob(text.hashCode(), logprob, bytes, top)));
	}

	/** The events before the first delta. */
	public static Flux<GenerationEvent> begun() {
		return Flux.just(new Admitted(), new PromptProcessed(USAGE.promptTokens(), USAGE.cachedTokens()));
	}

	public static Finished finished(FinishReason reason) {
		return new Finished(reason, USAGE, Timings.NONE);
	}

	/** Answers like this from now on, with no request recorded yet. */
	public void answer(Function<GenerationRequest, Flux<GenerationEvent>> script) {
		requests.clear();
		cancelled = new CompletableFuture<>();
		this.script = script;
	}

	public void answer(Flux<GenerationEvent> events) {
		answer(_ -> events);
	}

	public void load(EngineLoad load) {
		this.load = load;
	}

	public void cache(CacheStatistics cache) {
		this.cache = cache;
	}

	public void work(WorkStatistics work) {
		this.work = work;
	}

	public void drafts(DraftStatistics drafts) {
		this.drafts = drafts;
	}

	public List<GenerationRequest> requests() {
		return requests;
	}

	/** The prompt of the latest request. */
	public String prompt() {
		return tokenizer().detokenize(requests.getLast().promptTokens());
	}

	/** Waits until a generation is cancelled; fails the test if none is. */
	public void awaitCancellation() {
		cancelled.orTimeout(10, TimeUnit.SECONDS).join();
	}

	/** How many generations have begun and neither ended nor been cancelled. */
	public int generating() {
		return generating.get();
	}

	public boolean wasCancelled() {
		return cancelled.isDone();
	}

	@Override
	public ModelInfo model() {
		return model;
	}

	/** One token for each character; 1 is the beginning of the sequence. */
	@Override
	public Tokenizer tokenizer() {
		return new Tokenizer() {

			@Override
			public List<Integer> tokenize(List<PromptSegment> segments, boolean bos) {
				var text = segments.stream().flatMap(segment -> segment.text().codePoints().boxed());
				return Stream.concat(bos ? Stream.of(1) : Stream.empty(), text).toList();
			}

			@Override
			public String detokenize(List<Integer> tokens) {
				return tokens.stream().filter(token -> token != 1).map(Character::toString)
						.reduce("", String::concat);
			}

			/** {@code <s>} and, so that there are pieces that are no text, {@code ü} in Latin 1. */
			@Override
			public byte[] piece(int token) {
				return switch (token) {
					case 1 -> "<s>".getBytes(StandardCharsets.UTF_8);
					case 0xfc -> new byte[]{(byte) 0xfc};
					default -> Character.toString(token).getBytes(StandardCharsets.UTF_8);
				};
			}

		};
	}

	@Override
	public EngineLoad load() {
		return load;
	}

	@Override
	public CacheStatistics cache() {
		return cache;
	}

	@Override
	public WorkStatistics work() {
		return work;
	}

	@Override
	public DraftStatistics drafts() {
		return drafts;
	}

	@Override
	public boolean serving() {
		return !closed;
	}

	@Override
	public Flux<GenerationEvent> generate(GenerationRequest request) {
		return Flux.defer(() -> {
			requests.add(request);
			generating.incrementAndGet();
			var cancellation = cancelled;
			return rest(script.apply(request), request.resumed().tokens()).doOnCancel(() -> cancellation.complete(null))
					.doFinally(_ -> generating.decrementAndGet());
		});
	}

	/** The script's events without the deltas of the tokens that are resumed. */
	private static Flux<GenerationEvent> rest(Flux<GenerationEvent> events, int resumed) {
		var told = new AtomicInteger();
		return events.filter(event -> !(event instanceof TokenDelta delta)
				|| told.addAndGet(delta.tokenIds().size()) > resumed);
	}

	/** A vector of length 1 that tells the number of tokens and the first of them. */
	@Override
	public Mono<List<float[]>> embed(List<List<Integer>> inputs) {
		return Mono.just(inputs.stream().map(FakeEngine::vector).toList());
	}

	private static float[] vector(List<Integer> tokens) {
		double length = Math.sqrt(1 + (double) tokens.size() * tokens.size() + (double) tokens.get(0) * tokens.get(0));
		return new float[]{(float) (1 / length), (float) (tokens.size() / length), (float) (tokens.get(0) / length), 0};
	}

	@Override
	public void close() {
		closed = true;
	}

}
