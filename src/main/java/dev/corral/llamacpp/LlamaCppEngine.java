package dev.corral.llamacpp;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.ModelSource;
import dev.corral.inference.Tokenizer;
import dev.corral.inference.WorkStatistics;
import dev.corral.llamacpp.EngineSettings.PrefixSharing;
import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.NativeModel;
import dev.corral.llamacpp.internal.Vocabulary;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A model in llama.cpp, driven by an {@link EngineLoop} on a thread of its own. */
final class LlamaCppEngine implements InferenceEngine {

	/** Hands the events of all sequences over. It is one thread, so that a step wakes it once and not once for each sequence. */
	private static final Scheduler EVENTS = Schedulers.newSingle("llama-events", true);

	private final ModelInfo info;

	private final NativeModel model;

	private final @Nullable NativeModel draft;

	private final Tokenizer tokenizer;

	private final SamplerVocabulary samplerVocabulary;

	private final Constraints constraints;

	private final NanoClock clock;

	private final EngineLoop loop;

	private final Thread thread;

	private final Pooling pooling;

	private final Turns turns = new Turns();

	private final Embedder embedder;

	private final int queueLimit;

	private final int cacheTokens;

	private final PrefixSharing prefixSharing;

	/** Requests that were let in and have not ended: waiting or running. */
	private final AtomicInteger outstanding = new AtomicInteger();

	private final AtomicBoolean closing = new AtomicBoolean();

	/**
	 * Starts the engine thread and waits until it can serve. From here on models and store are the engine's to close.
	 *
	 * @param draft of the same vocabulary; {@code null} drafts from the conversation only
	 * @throws EngineUnavailable if there is no memory for the contexts
	 */
	LlamaCppEngine(ModelSource source, NativeModel model, @Nullable NativeModel draft, EngineSettings settings,
			StateStore store) {
		this(source, model, draft, settings, store, NanoClock.SYSTEM);
	}

	LlamaCppEngine(ModelSource source, NativeModel model, @Nullable NativeModel draft, EngineSettings settings,
			StateStore store, NanoClock clock) {
		this.clock = clock;
		this.model = model;
		this.draft = draft;
		info = new ModelInfo(source.name(), model.description(), model.vocabulary().size(), source.contextTokens(),
				model.trainedContextTokens(), model.parameters(), model.embeddingLength());
		tokenizer = new VocabularyTokenizer(model.vocabulary());
		samplerVocabulary = samplerVocabulary(model.vocabulary());
		constraints = new Constraints(model.vocabulary());
		queueLimit = settings.queueLimit();
		cacheTokens = source.cacheTokens();
		prefixSharing = settings.prefixSharing();
		pooling = Pooling.of(model);
		embedder = embedder(settings);
		int stepTokens = Math.max(settings.batchTokens(), source.sequences());
		var context = new ContextOptions(source.contextTokens(), source.sequences(), source.cacheTokens(), stepTokens,
				settings.effectiveThreads());
		var scheduling = new SchedulerOptions(source.sequences(), context.batchTokens(),
				context.overcommitted() ? context.cacheTokens() : Integer.MAX_VALUE, settings.interTokenLatencyTarget(),
				settings.queueTimeout(), settings.speculation(), OutputRows.most(info.vocabularyTokens()));
		loop = new EngineLoop(() -> new NativeStepExecutor(model, context, clock, turns),
				() -> draft == null ? Drafter.NONE : drafter(draft, source, context, clock),
				new Meaning(model.vocabulary()), scheduling, store, clock);
		thread = Thread.ofPlatform().daemon().name("llama-engine-" + source.name()).start(loop);
		awaitOpened();
	}

	private Drafter drafter(NativeModel draft, ModelSource source, ContextOptions context, NanoClock clock) {
		int window = Math.min(context.contextTokens(), draft.trainedContextTokens());
		return new NativeDrafter(draft, new ContextOptions(window, context.sequences(), source.cacheTokens(),
				context.batchTokens(), context.threads()), clock, turns);
	}

	private static SamplerVocabulary samplerVocabulary(Vocabulary vocabulary) {
		var ends = IntStream.range(0, vocabulary.size()).filter(vocabulary::isEndOfGeneration).boxed();
		return new SamplerVocabulary(ends.collect(Collectors.toSet()), vocabulary::piece);
	}

	private Embedder embedder(EngineSettings settings) {
		int batchTokens = Math.min(settings.batchTokens(), OutputRows.most(info.vocabularyTokens()));
		var options = new TextVectors.Options(pooling, info.contextTokens(), batchTokens, settings.effectiveThreads(),
				() -> load().running() > 0, settings.interTokenLatencyTarget().toNanos());
		return new Embedder(info.name(), () -> new TextVectors(model, options, turns), batchTokens,
				settings.queueLimit());
	}

	private void awaitOpened() {
		try {
			loop.opened().join();
		} catch (CompletionException failed) {
			closeModels();
			throw failed.getCause() instanceof EngineUnavailable unavailable
					? unavailable
					: new EngineUnavailable("the engine of model '%s' did not start".formatted(info.name()),
							failed.getCause());
		}
	}

	@Override
	public ModelInfo model() {
		return info;
	}

	@Override
	public Tokenizer tokenizer() {
		return tokenizer;
	}

	@Override
	public EngineLoad load() {
		return loop.load(cacheTokens);
	}

	@Override
	public DraftStatistics drafts() {
		return loop.drafts();
	}

	@Override
	public WorkStatistics work() {
		return loop.work();
	}

	@Override
	public CacheStatistics cache() {
		return loop.cache();
	}

	@Override
	public boolean serving() {
		return !closing.get() && !loop.closed();
	}

	@Override
	public Flux<GenerationEvent> generate(GenerationRequest request) {
		return Flux.create(sink -> submit(request, sink), FluxSink.OverflowStrategy.IGNORE);
	}

	@Override
	public Mono<List<float[]>> embed(List<List<Integer>> inputs) {
		return Mono.defer(() -> {
			checkInputs(inputs);
			return embedder.embed(inputs.stream().map(LlamaCppEngine::array).toList());
		});
	}

	private void checkInputs(List<List<Integer>> inputs) {
		if (!serving()) {
			throw new InferenceFailure.EngineClosed();
		}
		pooling.requireServed();
		for (int i = 0; i < inputs.size(); i++) {
			var input = inputs.get(i);
			if (input.isEmpty() || input.size() > info.contextTokens()) {
				throw new InvalidParameter("input[%d]".formatted(i),
						"must have 1 to %d tokens, the context window of this model, but has %d"
								.formatted(info.contextTokens(), input.size()));
			}
			checkTokens("input[%d]".formatted(i), input);
		}
	}

	private static int[] array(List<Integer> tokens) {
		return tokens.stream().mapToInt(Integer::intValue).toArray();
	}

	private void submit(GenerationRequest asked, FluxSink<GenerationEvent> sink) {
		var stream = new GenerationStream(sink, EVENTS);
		Sequence sequence;
		try {
			sequence = sequence(asked.withTenant(sharers(asked)), stream);
			enter();
		} catch (InferenceFailure | InvalidParameter rejected) {
			// To a subscriber who has gone it would be an error that was dropped.
			if (!sink.isCancelled()) {
				sink.error(rejected);
			}
			return;
		}
		stream.accept(new GenerationEvent.Admitted());
		if (sequence.endIfComplete(clock.nanos())) {
			return;
		}
		if (!loop.offer(new EngineCommand.Submit(sequence))) {
			sequence.fail(new InferenceFailure.EngineClosed());
		}
		// Only now, so that the engine thread cannot meet the cancellation before the sequence.
		sink.onCancel(() -> loop.offer(new EngineCommand.Cancel(sequence)));
	}

	private Sequence sequence(GenerationRequest request, GenerationStream stream) {
		check(request);
		var constraint = constraints.compile(request.constraint());
		var seed = request.sampling().seed();
		long noise = seed != null ? seed : ThreadLocalRandom.current().nextLong();
		try {
			var sampler = new Sampler(request, noise, samplerVocabulary, constraint);
			return new Sequence(request, info.contextTokens(), sampler, stream, outstanding::decrementAndGet,
					clock.nanos());
		} catch (IllegalStateException tooAmbiguous) {
			// Where the constraint has no way on from the resumed tokens, as at any later one.
			throw new InferenceFailure.DecodeFailed(String.valueOf(tooAmbiguous.getMessage()));
		}
	}

	/** Names those who share cached prefixes with a request. */
	private String sharers(GenerationRequest request) {
		var tenant = prefixSharing == PrefixSharing.TENANT ? request.tenant() : "";
		return Sharers.of(tenant, request.cacheSalt());
	}

	private void check(GenerationRequest request) {
		int promptTokens = request.promptTokens().size();
		// A resumed reply that fills the window has ended there.
		int room = request.resumed().tokens() > 0 ? 0 : Math.min(1, request.maxCompletionTokens());
		if (promptTokens > info.contextTokens() - room) {
			throw new InferenceFailure.PromptTooLong(promptTokens, info.contextTokens());
		}
		checkTokens("prompt", request.promptTokens());
		var rules = request.sampling().tokens();
		checkTokens("logit_bias", rules.logitBias().keySet());
		checkTokens("allowed_token_ids", rules.allowed() == null ? List.of() : rules.allowed());
		checkTokens("banned_token_ids", rules.banned());
		checkTokens("stop_token_ids", rules.stopTokens());
	}

	private void checkTokens(String parameter, Collection<Integer> tokens) {
		for (int token : tokens) {
			checkToken(parameter, token);
		}
	}

	private void checkToken(String parameter, int token) {
		if (token < 0 || token >= info.vocabularyTokens()) {
			throw new InvalidParameter(parameter,
					"names token %d, but this model's tokens are 0 to %d".formatted(token,
							info.vocabularyTokens() - 1));
		}
	}

	private void enter() {
		if (!serving()) {
			throw new InferenceFailure.EngineClosed();
		}
		if (outstanding.incrementAndGet() > loop.load().sequences() + queueLimit) {
			outstanding.decrementAndGet();
			throw new InferenceFailure.QueueFull(queueLimit);
		}
	}

	@Override
	public void close() {
		if (!closing.compareAndSet(false, true)) {
			return;
		}
		loop.offer(new EngineCommand.Close());
		try {
			thread.join();
			embedder.close();
			closeModels();
		} catch (InterruptedException interrupted) {
			// Freeing the weights under a running step would crash the process; leaking them at shutdown does not.
			Thread.currentThread().interrupt();
		}
	}

	private void closeModels() {
		if (draft != null) {
			draft.close();
		}
		model.close();
	}

	private record Meaning(Vocabulary vocabulary) implements dev.corral.llamacpp.Scheduler.Tokens {

		@Override
		public boolean isEndOfGeneration(int token) {
			return vocabulary.isEndOfGeneration(token);
		}

		@Override
		public byte[] piece(int token) {
			return vocabulary.piece(token);
		}

	}

}
