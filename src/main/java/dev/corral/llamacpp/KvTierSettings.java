package dev.corral.llamacpp;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where engines keep the states of sequences that have no place in their context.
 *
 * @param ram most bytes of each model's states in memory; 0 keeps none there, {@code null} takes a quarter of the machine's memory, at
 * most 1 GiB
 * @param disk most bytes of all models' states on disk together; 0 and {@code null} keep none there
 * @param folder where those on disk are, needed if there are any; used by one process at a time
 */
@ConfigurationProperties("corral.engine.kv-tiers")
record KvTierSettings(@Nullable DataSize ram, @Nullable DataSize disk, @Nullable Path folder) {

	private static final DataSize MOST_RAM_BY_DEFAULT = DataSize.ofGigabytes(1);

	private static final DataSize LEAST_WRITE_QUEUE = DataSize.ofMegabytes(256);

	KvTierSettings {
		check("ram", ram);
		check("disk", disk);
		if (disk != null && disk.toBytes() > 0 && (folder == null || folder.toString().isBlank())) {
			throw new IllegalArgumentException(
					"corral.engine.kv-tiers.disk is %s, but corral.engine.kv-tiers.folder is empty".formatted(disk));
		}
	}

	private static void check(String name, @Nullable DataSize size) {
		if (size != null && size.isNegative()) {
			throw new IllegalArgumentException(
					"corral.engine.kv-tiers.%s must be 0 or more, but is %s".formatted(name, size));
		}
	}

	/** Most bytes of all models' states on disk. */
	long diskBytes() {
		return disk == null ? 0 : disk.toBytes();
	}

	/** Most bytes of a model's states in memory. */
	long ramBytes() {
		if (ram != null) {
			return ram.toBytes();
		}
		// In a container this is the container's.
		var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return Math.min(MOST_RAM_BY_DEFAULT.toBytes(), system.getTotalMemorySize() / 4);
	}

	/** Most bytes of states that may wait in memory to be written to disk, beside those in the memory tier. */
	long writeQueueBytes() {
		return Math.max(LEAST_WRITE_QUEUE.toBytes(), ramBytes() / 2);
	}

}
