package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * Cores that this process may keep busy. The compute threads of llama.cpp wait for each other by spinning, so a thread more than
 * there are cores makes all of them wait for the scheduler of the operating system.
 */
final class PhysicalCores {

	private PhysicalCores() {
	}

	static int count() {
		int available = Runtime.getRuntime().availableProcessors();
		try {
			int physical = inCpuInfo(Files.readAllLines(Path.of("/proc/cpuinfo")));
			return physical > 0 ? Math.min(physical, available) : available;
		} catch (IOException notLinux) {
			return available;
		}
	}

	/** Distinct pairs of socket and core, 0 if the lines do not tell. */
	static int inCpuInfo(List<String> lines) {
		var cores = new HashSet<String>();
		var socket = "";
		for (var line : lines) {
			if (line.startsWith("physical id")) {
				socket = line;
			} else if (line.startsWith("core id")) {
				cores.add(socket + line);
			}
		}
		return cores.size();
	}

}
