package dev.corral.llamacpp;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.llamacpp.internal.NativeBytes;

/**
 * What the tiers take of the engine thread, and how fast states go to disk and come back. What was just written mostly comes from the
 * operating system's cache. Run with {@code mvn -Pbenchmark test -Dtest=KvTierBenchmark}; in another folder with
 * {@code -Dcorral.benchmark.folder=FOLDER}.
 */
@Tag("benchmark")
class KvTierBenchmark {

	private static final int ROUNDS = 5;

	private static final KvStateKey KEY = new KvStateKey("benchmark", "", "");

	@TempDir
	private Path temporary;

	@Test
	void measuresStatesOfSeveralSizes() {
		var folder = Path.of(System.getProperty("corral.benchmark.folder", temporary.toString()));
		System.out.println("| MiB | allocate + fill, ms | put, ms | write, ms | load, ms |");
		for (int mebibytes : new int[]{1, 16, 128, 512}) {
			var times = new double[4][ROUNDS];
			for (int round = 0; round < ROUNDS; round++) {
				measure(folder.resolve("%d-%d".formatted(mebibytes, round)), mebibytes, round, times);
			}
			System.out.printf("| %d | %.2f | %.3f | %.1f | %.1f |%n", mebibytes, median(times[0]), median(times[1]),
					median(times[2]), median(times[3]));
		}
	}

	private static void measure(Path folder, int mebibytes, int round, double[][] times) {
		int[] tokens = new SplittableRandom(round).ints(4000, 0, 32000).toArray();
		var content = new byte[1 << 20];
		new SplittableRandom(round).nextBytes(content);
		try (var disk = KvDisk.open(folder, 2L << 30, 2L << 30, InstantSource.system()).orElseThrow()) {
			var tiers = new KvTiers(0, disk.folder(KEY).orElseThrow(), InstantSource.system());
			long start = System.nanoTime();
			var state = NativeBytes.allocate((long) mebibytes << 20);
			for (int i = 0; i < mebibytes; i++) {
				state.put((long) i << 20, content);
			}
			long filled = System.nanoTime();
			tiers.put(tokens, tokens.length, "", state);
			long put = System.nanoTime();
			disk.filesIn(folder);
			long written = System.nanoTime();
			tiers.settle();
			long settled = System.nanoTime();
			try (var match = tiers.longest(tokens, tokens.length, "").orElseThrow()) {
				var _ = match.load().join().orElseThrow();
			}
			long loaded = System.nanoTime();
			times[0][round] = (filled - start) / 1e6;
			times[1][round] = (put - filled) / 1e6;
			times[2][round] = (written - put) / 1e6;
			times[3][round] = (loaded - settled) / 1e6;
			tiers.close(Duration.ofMinutes(1));
		}
	}

	@Test
	void measuresTheIndex() {
		var random = new SplittableRandom(1);
		var tree = new TokenRadixTree<Integer>();
		int[] system = random.ints(1000, 0, 32000).toArray();
		var prompts = new int[10_000][];
		for (int i = 0; i < prompts.length; i++) {
			prompts[i] = Arrays.copyOf(system, 4000);
			int[] own = random.ints(3000, 0, 32000).toArray();
			System.arraycopy(own, 0, prompts[i], 1000, 3000);
		}
		long start = System.nanoTime();
		for (int i = 0; i < prompts.length; i++) {
			tree.insert(prompts[i], 4000, i);
		}
		long inserted = System.nanoTime();
		long found = 0;
		for (int[] prompt : prompts) {
			found += tree.longest(prompt, 4000).orElseThrow().length();
		}
		long looked = System.nanoTime();
		System.out.printf(
				"10000 lists of 4000 tokens, 1000 shared: insert %.1f µs, longest %.2f µs, %d tokens held, %d found%n",
				(inserted - start) / 1e3 / prompts.length, (looked - inserted) / 1e3 / prompts.length,
				tree.storedTokens(), found);
	}

	private static double median(double[] values) {
		return Arrays.stream(values).sorted().toArray()[values.length / 2];
	}

}
