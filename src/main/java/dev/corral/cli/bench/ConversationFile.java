package dev.corral.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.corral.template.Message;
import dev.corral.template.Role;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps conversations for a later run, as JSON.
 *
 * @param seed they were made with
 * @param conversations what was said in each, user and assistant in turn
 */
record ConversationFile(long seed, List<List<String>> conversations) {

	private static final JsonMapper JSON = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

	static void save(Load load, List<Conversation> conversations) {
		var file = new ConversationFile(load.seed(), conversations.stream()
				.map(conversation -> conversation.messages().stream().map(Message::content).toList()).toList());
		try {
			Files.write(path(load), JSON.writeValueAsBytes(file));
		} catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** @throws BenchFailed if the file is not one of the same seed and number of conversations */
	static List<Conversation> load(Load load) {
		var file = read(path(load));
		if (file.seed != load.seed() || file.conversations.size() != load.conversations()) {
			throw new BenchFailed("%s holds %d conversations of seed %d, but %d of seed %d are wanted".formatted(
					path(load), file.conversations.size(), file.seed, load.conversations(), load.seed()));
		}
		var conversations = new ArrayList<Conversation>();
		for (var texts : file.conversations) {
			var messages = new ArrayList<Message>();
			for (var text : texts) {
				messages.add(new Message(messages.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, text));
			}
			conversations.add(new Conversation(conversations.size(), messages));
		}
		return conversations;
	}

	private static ConversationFile read(Path path) {
		try {
			return JSON.readValue(Files.readAllBytes(path), ConversationFile.class);
		} catch (IOException | JacksonException failure) {
			throw new BenchFailed("%s does not hold conversations: %s".formatted(path, failure));
		}
	}

	private static Path path(Load load) {
		return Objects.requireNonNull(load.state());
	}

}
