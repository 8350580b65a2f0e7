package dev.corral.template;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaObjectUnwrapper;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.Importable;

/**
 * Renders a Jinja template that nobody vouches for: it comes out of a model file (CVE-2024-34359 was such a template).
 *
 * <p>What it may use is listed here by name: tags, filters and functions; the rest of Jinjava, everything that loads
 * other templates among it, is off. Values are strings, booleans, numbers, lists and maps, and {@link JinjaValues} is
 * all that can be done with them. Length of the output and of every value is limited, and so is the time: a rendering
 * past its deadline ends at the next tag or access. Safe for any thread.
 */
final class JinjaSandbox {

	/** The longest text that a template may make; the texts of people do not count, they stay outside. */
	static final int MOST_CHARACTERS = 1 << 20;

	private static final int MOST_ELEMENTS = 10_000;
	private static final int MOST_DEPTH = 50;

	/** Jinjava quotes the whole tag. */
	private static final int LONGEST_MESSAGE = 300;

	private static final Set<String> TAGS = Set.of("if", "elif", "else", "endif", "for", "endfor", "break", "continue",
			"set", "endset", "macro", "endmacro", "raw", "endraw");
	private static final Set<String> FILTERS = Set.of("trim", "length", "count", "upper", "lower", "capitalize",
			"title", "first", "last", "list", "join", "default", "d", "replace", "reverse", "string", "int", "float",
			"tojson", "map", "select", "reject", "selectattr", "rejectattr", "safe", "unique", "abs", "round");
	private static final Set<String> FUNCTIONS = Set.of("range", "namespace", "raise_exception", "strftime_now");

	private final Jinjava jinjava = new Jinjava();
	private final Map<Library, Set<String>> disabled;
	private final String source;
	private final Duration patience;

	/**
	 * @param source as {@link JinjaSource} rewrote it
	 * @param patience how long one rendering may take
	 */
	JinjaSandbox(String source, Duration patience) {
		this.source = source;
		this.patience = patience;
		JinjaFilters.all().forEach(jinjava::registerFilter);
		Stream.of(JinjaFunctions.definitions()).forEach(jinjava::registerFunction);
		var known = jinjava.getGlobalContext();
		this.disabled = Map.of(Library.TAG, allBut(TAGS, known.getAllTags()), Library.FILTER,
				allBut(FILTERS, known.getAllFilters()), Library.FUNCTION,
				allBut(Stream.concat(FUNCTIONS.stream(), FUNCTIONS.stream().map(name -> ":" + name))
						.collect(Collectors.toSet()), known.getAllFunctions()));
	}

	private static Set<String> allBut(Set<String> allowed, Collection<? extends Importable> known) {
		return known.stream().map(Importable::getName).filter(name -> !allowed.contains(name))
				.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * The output of the template.
	 *
	 * @throws Broken if the template has an error, raises one, or goes beyond a limit
	 */
	String render(Map<String, ?> variables) {
		long deadline = System.nanoTime() + patience.toNanos();
		RenderResult result;
		try {
			result = jinjava.renderForResult(source, variables, config(deadline));
		} catch (StackOverflowError | OutOfMemoryError e) {
			// Both unwind whatever the template had built up; the limits make the second one unlikely.
			throw new Broken("it nests or grows without end", e);
		}
		result.getErrors().stream().filter(JinjaSandbox::fatal).findFirst().ifPresent(error -> {
			throw new Broken(reason(error), error.getException());
		});
		return result.getOutput();
	}

	/** Made anew for each rendering, because it holds the deadline. */
	private JinjavaConfig config(long deadline) {
		Runnable step = () -> {
			if (System.nanoTime() - deadline > 0) {
				throw new Stopped("it takes more than " + patience.toMillis() + " ms", null);
			}
		};
		return JinjavaConfig.newBuilder().withDisabled(disabled).withElResolver(new JinjaValues(step))
				.withProcessors(JinjavaProcessors.newBuilder().withNodePreProcessor((node, interpreter) -> {
					step.run();
					stopAtFirstError(interpreter);
				}).build()).withObjectUnwrapper(new Scales()).withNestedInterpretationEnabled(false)
				.withMaxOutputSize(MOST_CHARACTERS).withMaxStringLength(MOST_CHARACTERS)
				.withMaxListSize(MOST_ELEMENTS).withMaxMapSize(MOST_ELEMENTS).withRangeLimit(MOST_ELEMENTS)
				.withMaxRenderDepth(MOST_DEPTH)
				.withLegacyOverrides(LegacyOverrides.newBuilder().withEvaluateMapKeys(true)
						.withIterateOverMapKeys(true).withParseWhitespaceControlStrictly(true)
						.withAllowAdjacentTextNodes(true).withKeepNullableLoopValues(true).build())
				.build();
	}

	private static void stopAtFirstError(JinjavaInterpreter interpreter) {
		interpreter.getErrorsCopy().stream().filter(JinjaSandbox::fatal).findFirst().ifPresent(error -> {
			throw new Stopped(reason(error), error.getException());
		});
	}

	private static boolean fatal(TemplateError error) {
		return error.getSeverity() == TemplateError.ErrorType.FATAL;
	}

	private static String reason(TemplateError error) {
		for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
			if ((cause instanceof Stopped || cause instanceof JinjaFunctions.Raised) && cause.getMessage() != null) {
				return cause.getMessage();
			}
		}
		String message = error.getMessage();
		return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "..." : message;
	}

	/** Weighs every value that an expression gives: lists can hold each other and so grow beyond the limit of each. */
	private static final class Scales extends JinjavaObjectUnwrapper {

		@Override
		public @Nullable Object unwrapObject(@Nullable Object value) {
			weigh(value, MOST_CHARACTERS);
			return super.unwrapObject(value);
		}

		/** What is left of the allowed weight. */
		private static long weigh(@Nullable Object value, long allowed) {
			long left = allowed - 1;
			if (value instanceof Map<?, ?> map) {
				left = weigh(map.values(), left);
			} else if (value instanceof Collection<?> elements) {
				for (Object element : elements) {
					left = weigh(element, left);
				}
			} else if (value instanceof String text) {
				left -= text.length();
			}
			if (left < 0) {
				throw new IllegalArgumentException("it makes too large a value");
			}
			return left;
		}

	}

	/** Ends a rendering from within; Jinjava lets this type pass through. */
	private static final class Stopped extends InterpretException {

		Stopped(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

	/** A template that does not render. */
	static final class Broken extends RuntimeException {

		Broken(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

}
