package dev.corral.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The instructions of the Dockerfile by stage, in order; continued lines are one.
 *
 * @param stages those of the file, in order; what comes before the first is left out
 */
record Dockerfile(List<Stage> stages) {

	/** @param base what follows FROM: an image, or the name of an earlier stage */
	record Stage(String name, String base, List<Instruction> instructions) {

		List<String> all(String keyword) {
			return instructions.stream().filter(one -> one.keyword().equals(keyword)).map(Instruction::rest).toList();
		}

		/** The last one counts, as for Docker. */
		String last(String keyword) {
			var all = all(keyword);
			return all.isEmpty() ? "" : all.getLast();
		}

	}

	record Instruction(String keyword, String rest) {
	}

	static Dockerfile read() throws IOException {
		var joined = String.join("\n", Files.readAllLines(Path.of("Dockerfile")).stream()
				.filter(line -> !line.startsWith("#")).toList()).replace("\\\n", " ");
		var stages = new ArrayList<Stage>();
		for (var line : joined.split("\n")) {
			if (line.isBlank()) {
				continue;
			}
			var words = line.split(" ", 2);
			if (words[0].equals("FROM")) {
				var from = words[1].split(" AS ", 2);
				stages.add(new Stage(from[1], from[0], new ArrayList<>()));
			} else if (!stages.isEmpty()) {
				stages.getLast().instructions().add(new Instruction(words[0], words[1].strip()));
			}
		}
		return new Dockerfile(stages);
	}

	Stage stage(String name) {
		return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
	}

	/** What a COPY takes, without its options and its target. */
	static List<String> sources(String copy) {
		var words = Arrays.stream(copy.split("\\s+")).filter(word -> !word.startsWith("--")).toList();
		return words.subList(0, words.size() - 1);
	}

}
