package dev.corral.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The graphics cards that CUDA may use, by the names of {@code CUDA_VISIBLE_DEVICES}: those that are in that variable already, else all that
 * NVIDIA's driver for Linux lists.
 */
final class GraphicsCards {

	static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

	private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

	private GraphicsCards() {
	}

	static List<String> of(Map<String, String> environment) {
		var visible = environment.get(VARIABLE);
		if (visible != null) {
			return Arrays.stream(visible.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
		}
		try (var cards = Files.list(DRIVER)) {
			return IntStream.range(0, (int) cards.count()).mapToObj(String::valueOf).toList();
		} catch (IOException none) {
			return List.of();
		}
	}

}
