package dev.corral.ollama;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.generation.ReplyEvent.Windowed;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import dev.corral.ollama.ReplyLine.Call;
import dev.corral.ollama.ReplyLine.Function;
import dev.corral.ollama.ReplyLine.Logprob;
import dev.corral.ollama.ReplyLine.Measured;
import dev.corral.ollama.ReplyLine.Said;
import dev.corral.ollama.ReplyLine.Shape;
import dev.corral.web.ApiErrors;
import dev.corral.web.Json;
import dev.corral.web.JsonLines;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/** The lines of a reply. A call of a tool is told when its arguments are complete, for they are an object in this API. */
final class ReplyLines {

	private final String model;

	private final Shape shape;

	private final StringBuilder arguments = new StringBuilder();

	private @Nullable ToolCallBegun call;

	private boolean begun;

	private ReplyLines(String model, Shape shape) {
		this.model = model;
		this.shape = shape;
	}

	/** An error before the first line is an error signal; a later one is a line, and the stream's end. */
	static Flux<String> stream(String model, Shape shape, String requestId, Flux<ReplyEvent> events) {
		return Flux.defer(() -> {
			var lines = new ReplyLines(model, shape);
			return events.concatMapIterable(lines::accept, 1).map(lines::written)
					.onErrorResume(failure -> lines.failure(failure, requestId));
		});
	}

	/** The reply as one line; a failed generation is an error signal, for half a reply is none. */
	static Mono<ReplyLine> whole(String model, Shape shape, Flux<ReplyEvent> events) {
		return Mono.defer(() -> events.concatMapIterable(new ReplyLines(model, shape)::accept, 1)
				.collectList().map(lines -> joined(lines, shape)));
	}

	private static ReplyLine joined(List<ReplyLine> lines, Shape shape) {
		var content = new StringBuilder();
		var calls = new ArrayList<Call>();
		var logprobs = new ArrayList<Logprob>();
		for (var line : lines) {
			logprobs.addAll(line.logprobs() == null ? List.of() : line.logprobs());
			var said = line.message();
			if (said != null) {
				content.append(said.content());
				calls.addAll(said.toolCalls() == null ? List.of() : said.toolCalls());
			} else if (line.response() != null) {
				content.append(line.response());
			}
		}
		var end = lines.isEmpty() ? null : lines.getLast();
		if (end == null || end.doneReason() == null) {
			throw new IllegalStateException("The engine ended a generation without a terminal event.");
		}
		return ReplyLine.end(end.model(), shape, Said.of(content.toString(), calls), end.doneReason(), end.measured())
				.withLogprobs(logprobs);
	}

	private String written(ReplyLine line) {
		begun = true;
		return JsonLines.line(line);
	}

	private Mono<String> failure(Throwable failure, String requestId) {
		return begun
				? Mono.just(JsonLines.line(OllamaErrors.envelope(ApiErrors.of(failure, requestId))))
				: Mono.error(failure);
	}

	private List<ReplyLine> accept(ReplyEvent event) {
		return switch (event) {
			case Generated(Admitted _),Generated(PromptProcessed _),Windowed _ -> List.of();
			case Generated(TokenDelta delta) -> {
				var lines = endCall();
				lines.add(ReplyLine.part(model, shape, Said.text(delta.text()))
						.withLogprobs(delta.logprobs().stream().map(Logprob::of).toList()));
				yield lines;
			}
			case ToolCallBegun next -> {
				var lines = endCall();
				call = next;
				yield lines;
			}
			case ToolCallArguments part -> {
				arguments.append(part.part());
				yield List.of();
			}
			case Generated(Finished finished) -> {
				var lines = endCall();
				lines.add(ReplyLine.end(model, shape, Said.text(""), reason(finished.reason()),
						Measured.of(finished)));
				yield lines;
			}
			case Generated(Failed failed) -> throw failed.failure();
		};
	}

	/** The line of the call that has ended, if its arguments were not cut off. */
	private List<ReplyLine> endCall() {
		var lines = new ArrayList<ReplyLine>();
		if (call != null) {
			var object = object(arguments.toString());
			if (object != null) {
				var ended = new Call(call.id(), new Function(call.index(), call.name(), object));
				lines.add(ReplyLine.part(model, shape, Said.of("", List.of(ended))));
			}
			arguments.setLength(0);
			call = null;
		}
		return lines;
	}

	private static @Nullable Object object(String json) {
		try {
			var object = Json.read(json.getBytes(StandardCharsets.UTF_8));
			return object.isObject() ? object : null;
		} catch (JacksonException cutOff) {
			return null;
		}
	}

	/** @throws InferenceFailure if the reply is not complete: the API has no word for that */
	private static String reason(FinishReason reason) {
		return switch (reason) {
			case STOP -> "stop";
			case LENGTH -> "length";
			case CANCELLED -> throw new InferenceFailure.EngineClosed();
			case ERROR -> throw new InferenceFailure.DecodeFailed("the engine ended the reply with an error");
		};
	}

}
