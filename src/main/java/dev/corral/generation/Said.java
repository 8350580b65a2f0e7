package dev.corral.generation;

import java.util.List;

import dev.corral.contextwindow.SizedMessage;
import dev.corral.template.Message;
import reactor.core.publisher.Mono;

/** What was said in a conversation up to the reply that is wanted, without the system message. Its texts are had only where they are needed. */
interface Said {

	/** Every message's size, from the first to the newest. */
	List<SizedMessage> sizes();

	/** The messages at these places, which ascend, in their order. */
	Mono<List<Message>> at(List<Integer> places);

	/**
	 * A summary of the first messages by the model.
	 *
	 * @param count how many, at least 1
	 * @param maxTokens longest summary
	 */
	Mono<String> recap(int count, int maxTokens);

	/** A conversation that is in memory, and has nowhere to keep summaries. */
	record InMemory(List<Message> messages, List<SizedMessage> sizes) implements Said {

		public InMemory {
			messages = List.copyOf(messages);
			sizes = List.copyOf(sizes);
		}

		@Override
		public Mono<List<Message>> at(List<Integer> places) {
			return Mono.just(places.stream().map(messages::get).toList());
		}

		@Override
		public Mono<String> recap(int count, int maxTokens) {
			return Mono.error(new UnsupportedOperationException("only stored conversations keep summaries"));
		}

	}

}
