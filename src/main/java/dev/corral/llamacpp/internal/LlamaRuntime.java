package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.EngineUnavailable;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * A llama.cpp library in this process: loaded, checked and initialised. It is never unloaded. Safe for any thread.
 *
 * @param library the file it came from
 * @param build the release, for example {@code b4916}
 * @param cpuFeatures instruction sets the library uses, as it tells
 * @param devices what it can compute on, for example {@code CPU (AMD EPYC)}
 */
public record LlamaRuntime(Path library, String build, String cpuFeatures, List<String> devices, LlamaApi api) {

	/**
	 * Loads a library file, and the backend libraries beside it where the build keeps them apart.
	 *
	 * @throws EngineUnavailable if it cannot be loaded, or is not a llama.cpp of a supported version
	 */
	public static LlamaRuntime load(Path library) {
		try {
			var lookup = SymbolLookup.libraryLookup(library.toAbsolutePath(), Arena.global());
			var api = bind(lookup);
			api.checkLayouts();
			NativeLog.install(api);
			var backends = backends(library, lookup);
			LlamaApi.call(() -> {
				api.backendInit.invokeExact();
				return true;
			});
			var features = LlamaApi.call(() -> LlamaApi.string((MemorySegment) api.printSystemInfo.invokeExact()));
			return new LlamaRuntime(library, api.build(), tidy(features), devices(backends), api);
		} catch (IllegalArgumentException | EngineUnavailable unusable) {
			throw new EngineUnavailable(
					"The llama.cpp library %s cannot be used: %s".formatted(library, unusable.getMessage()), unusable);
		}
	}

	/**
	 * @throws EngineUnavailable if the runtime does not load the file
	 */
	public NativeModel open(Path model) {
		return NativeModel.load(api, model);
	}

	/**
	 * Reads a model's vocabulary and none of its weights.
	 *
	 * @throws EngineUnavailable if the runtime does not load the file
	 */
	public NativeModel openVocabulary(Path model) {
		return NativeModel.loadVocabulary(api, model);
	}

	private static LlamaApi bind(SymbolLookup lookup) {
		if (lookup.find(LlamaApiV050.MARKER).isPresent()) {
			return new LlamaApiV050(lookup);
		}
		if (lookup.find(LlamaApiB4916.MARKER).isPresent()) {
			return new LlamaApiB4916(lookup);
		}
		throw new EngineUnavailable("it does not export llama.cpp's C functions");
	}

	/** Where the {@code ggml_backend_*} functions are: in libraries of their own, or in the one library there is. */
	private static SymbolLookup backends(Path library, SymbolLookup llama) {
		var ggml = LibraryFiles.ggmlBeside(library);
		if (ggml.isEmpty()) {
			return llama;
		}
		var lookup = ggml.stream()
				.map(file -> SymbolLookup.libraryLookup(file, Arena.global()))
				.reduce(llama, SymbolLookup::or);
		var folder = Arena.global().allocateFrom(LibraryFiles.folderOf(library).toString());
		var load = function(lookup, "ggml_backend_load_all_from_path", FunctionDescriptor.ofVoid(ADDRESS));
		LlamaApi.call(() -> {
			load.invokeExact(folder);
			return true;
		});
		return lookup;
	}

	private static List<String> devices(SymbolLookup lookup) {
		var count = function(lookup, "ggml_backend_dev_count", FunctionDescriptor.of(JAVA_LONG));
		var get = function(lookup, "ggml_backend_dev_get", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
		var name = function(lookup, "ggml_backend_dev_name", FunctionDescriptor.of(ADDRESS, ADDRESS));
		var description = function(lookup, "ggml_backend_dev_description", FunctionDescriptor.of(ADDRESS, ADDRESS));
		return LlamaApi.call(() -> {
			var devices = new ArrayList<String>();
			long devicesCount = (long) count.invokeExact();
			for (long i = 0; i < devicesCount; i++) {
				var device = (MemorySegment) get.invokeExact(i);
				devices.add("%s (%s)".formatted(LlamaApi.string((MemorySegment) name.invokeExact(device)),
						LlamaApi.string((MemorySegment) description.invokeExact(device))));
			}
			return List.copyOf(devices);
		});
	}

	private static MethodHandle function(SymbolLookup lookup, String name,
			FunctionDescriptor descriptor) {
		return Linker.nativeLinker()
				.downcallHandle(lookup.find(name)
						.orElseThrow(() -> new EngineUnavailable("the library has no function " + name)), descriptor);
	}

	/** {@code "CPU : AVX = 1 | FMA = 1 | "} as {@code "AVX FMA"}. */
	private static String tidy(String systemInfo) {
		return systemInfo.replace("CPU :", "").replace(" = 1", "").replace("|", "").strip().replaceAll(" +", " ");
	}

}
