package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/**
 * llama.cpp's log, sent to the SLF4J logger {@code llama.cpp}. Messages arrive in pieces, on any thread; a line is logged
 * when its end arrives.
 */
final class NativeLog {

	private static final Logger log = LoggerFactory.getLogger("llama.cpp");

	/** A line that never ends is cut here, in characters. */
	private static final int MAX_LINE = 4096;

	/** {@code GGML_LOG_LEVEL_CONT}: this piece goes on with the level of the one before. */
	private static final int CONTINUED = 5;

	/**
	 * What b4916 logs as errors and v0.5.0 as a warning when the key-value cache is full: of a batch, and of a saved state that is put
	 * back. The engine expects both and makes room or computes anew, so they are logged for debugging only.
	 */
	private static final Pattern FULL_CACHE = Pattern.compile("decode: failed to prepare ubatch"
			+ "|llama_decode: failed to decode, ret = -3"
			+ "|decode: failed to find a memory slot for batch of size \\d+"
			+ "|state_read_meta: failed to find available cells in kv cache"
			+ "|state_seq_set_data: error loading state: failed to restore kv cache");

	private static final ThreadLocal<Line> LINES = ThreadLocal.withInitial(Line::new);

	private static volatile String lastError = "";

	private NativeLog() {
	}

	/** Routes a library's log here, for the life of the process. */
	static void install(LlamaApi api) {
		try {
			var target = MethodHandles.lookup().findStatic(NativeLog.class, "accept",
					MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class));
			var callback = Linker.nativeLinker().upcallStub(target,
					FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), Arena.global());
			api.logSet.invokeExact(callback, MemorySegment.NULL);
		} catch (Throwable impossible) {
			throw new AssertionError(impossible);
		}
	}

	/** The last line that was logged as an error, for messages that say why something failed; {@code no reason given}. */
	static String lastError() {
		return lastError.isEmpty() ? "no reason given" : lastError;
	}

	static void forgetLastError() {
		lastError = "";
	}

	/** Called by native code, so nothing may be thrown from here. */
	@SuppressWarnings({"unused", "UnusedMethod", "UnusedVariable"}) // the signature is ggml_log_callback's
	private static void accept(int level, MemorySegment text, MemorySegment userData) {
		try {
			LINES.get().append(level, LlamaApi.string(text));
		} catch (RuntimeException malformed) {
			log.warn("a message of llama.cpp could not be read", malformed);
		}
	}

	private static final class Line {

		private final StringBuilder text = new StringBuilder();

		private Level level = Level.INFO;

		void append(int nativeLevel, String piece) {
			if (nativeLevel != CONTINUED) {
				level = switch (nativeLevel) {
					case 1 -> Level.DEBUG;
					case 3 -> Level.WARN;
					case 4 -> Level.ERROR;
					default -> Level.INFO;
				};
			}
			text.append(piece);
			if (piece.endsWith("\n") || text.length() > MAX_LINE) {
				var line = text.toString().strip();
				text.setLength(0);
				boolean expected = FULL_CACHE.matcher(line).matches();
				if (level == Level.ERROR && !expected) {
					lastError = line;
				}
				log.atLevel(expected ? Level.DEBUG : level).log(line);
			}
		}

	}

}
