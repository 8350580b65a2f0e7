package dev.corral.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.web.Json;
import dev.corral.worker.WorkerReport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A Corral in the role of a worker. */
final class CorralWire implements Wire {

	/** Some kilobytes for each model. */
	private static final int MOST_REPORT_BYTES = 1 << 20;

	private final Connection connection;

	private final Duration readTimeout;

	/** @param readTimeout longest time without a byte of a stream, in which a worker sends keep-alives */
	CorralWire(Connection connection, Duration readTimeout) {
		this.connection = connection;
		this.readTimeout = readTimeout;
	}

	@Override
	public Mono<WorkerReport> probe() {
		return connection.look("/worker/status", MOST_REPORT_BYTES)
				.map(body -> Json.read(new String(body, StandardCharsets.UTF_8), WorkerReport.class));
	}

	@Override
	public Flux<GenerationEvent> generate(Target model, GenerationRequest request) {
		return Flux.defer(() -> {
			var lines = new EventLines(ReplyBytes.most(request, model.info().contextTokens()));
			var reader = new CompletionReader(request, new LogprobsReader(model.tokenizer()));
			var body = CompletionBody.of(model.name(), request);
			return connection.stream("/v1/completions", body,
					bytes -> bytes.timeout(readTimeout).concatMapIterable(lines::feed)
							.concatMapIterable(reader::read).concatWith(Mono.fromSupplier(reader::end)));
		});
	}

	@Override
	public Mono<List<float[]>> embed(Target model, List<List<Integer>> inputs) {
		return Embeddings.ask(connection, model, inputs);
	}

	@Override
	public Mono<Void> drain(boolean draining) {
		return connection.post(draining ? "/worker/drain" : "/worker/undrain", new byte[0], MOST_REPORT_BYTES).then();
	}

	@Override
	public void close() {
		connection.close();
	}

}
