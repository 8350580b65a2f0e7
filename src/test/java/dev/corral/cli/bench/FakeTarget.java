package dev.corral.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/** Answers at once with as many deltas as there may be tokens, or as it is told. Four characters are a token. */
final class FakeTarget implements Target {

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private BiFunction<Call, Runnable, Sample> answer = FakeTarget::reply;

	/** A load with the workload's defaults. */
	static Load load(WorkloadKind kind) {
		return load(kind, kind.defaults().users(), kind.defaults().requests(), 0, false, null);
	}

	static Load load(WorkloadKind kind, int users, int requests, double rate, boolean skipOpening,
			@Nullable Path state) {
		var defaults = kind.defaults();
		return new Load(kind, users, requests, rate, defaults.systemTokens(), defaults.promptTokens(),
				defaults.maxTokens(), 6, Duration.ZERO, Duration.ofMillis(200), 0, 1, new Slo(Map.of()), skipOpening,
				state);
	}

	void answer(BiFunction<Call, Runnable, Sample> answer) {
		this.answer = answer;
	}

	List<Call> calls() {
		return calls;
	}

	@Override
	public String name() {
		return "fake";
	}

	@Override
	public String model() {
		return "llama";
	}

	@Override
	public Sample send(Call call, Runnable onDelta) {
		calls.add(call);
		return answer.apply(call, onDelta);
	}

	static Sample reply(Call call, Runnable onDelta) {
		var reply = new ReplyRecorder(call, onDelta);
		for (int i = 0; i < call.maxTokens(); i++) {
			reply.delta(" reply" + call.seed(), System.nanoTime());
		}
		reply.finished(System.nanoTime());
		int characters = call.messages().stream().mapToInt(message -> message.content().length()).sum();
		reply.usage(characters / 4 + 20, 0, call.maxTokens());
		return reply.sample();
	}

	@Override
	public void close() {
	}

}
