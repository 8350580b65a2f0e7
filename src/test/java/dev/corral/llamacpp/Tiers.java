package dev.corral.llamacpp;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.ModelSource;

import static java.util.Objects.requireNonNull;

/** States in memory, and on disk where there is a folder. The engine closes the states, this the disk. */
final class Tiers implements AutoCloseable {

	private final long memoryBytes;

	private final Optional<KvDisk> disk;

	private final AtomicReference<KvTiers> states = new AtomicReference<>();

	/**
	 * @param folder {@code null} keeps none on disk
	 * @param memoryBytes most bytes in memory, and as many may wait to be written
	 */
	Tiers(@Nullable Path folder, long memoryBytes, long diskBytes) {
		this.memoryBytes = memoryBytes;
		disk = folder == null
				? Optional.empty()
				: KvDisk.open(folder, diskBytes, memoryBytes, InstantSource.system());
	}

	LlamaCppEngine engine(NativeRuntime runtime, ModelSource source, EngineSettings settings) {
		var folder = disk.flatMap(open -> open.folder(new KvStateKey("cria", runtime.name(), "f16"))).orElse(null);
		var tiers = new KvTiers(memoryBytes, folder, InstantSource.system());
		states.set(tiers);
		return runtime.cria(source, settings, new TieredStates(tiers, true, folder != null));
	}

	KvTiers kvTiers() {
		return requireNonNull(states.get());
	}

	@Override
	public void close() {
		disk.ifPresent(KvDisk::close);
	}

}
