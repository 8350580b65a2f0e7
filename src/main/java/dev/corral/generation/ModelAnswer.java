package dev.corral.generation;

import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** Asks a model something that the server itself wants to know. */
@Component
class ModelAnswer {

	private final ChatGeneration generation;

	ModelAnswer(ChatGeneration generation) {
		this.generation = generation;
	}

	/** The whole reply as text, generated when subscribed to; a failure in the middle is an error signal, too. */
	Mono<String> of(ChatRequest request) {
		return generation.generate(request).handle((GenerationEvent event, SynchronousSink<String> sink) -> {
			switch (event) {
				case TokenDelta delta -> sink.next(delta.text());
				case Failed failed -> sink.error(failed.failure());
				default -> {
				}
			}
		}).collect(Collectors.joining()).map(String::strip);
	}

}
