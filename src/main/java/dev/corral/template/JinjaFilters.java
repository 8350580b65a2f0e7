package dev.corral.template;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;

/** Filters in which Jinjava differs from Jinja2, or knows no limit. */
final class JinjaFilters {

	private JinjaFilters() {
	}

	static List<Filter> all() {
		return List.of(new Trim(), new Replace(), new ToJson());
	}

	/** Python's {@code strip}: Jinjava's own leaves all white space beyond ASCII. */
	private static final class Trim implements Filter {

		@Override
		public String getName() {
			return "trim";
		}

		@Override
		public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
			return value == null ? "" : JinjaText.strip(value.toString());
		}

	}

	/** The way of Hugging Face: as Python writes it, and without escapes for HTML. Jinjava's own knows neither spaces nor an indent. */
	private static final class ToJson implements Filter {

		/** Wider than anyone indents. */
		private static final int WIDEST_INDENT = 16;

		@Override
		public String getName() {
			return "tojson";
		}

		@Override
		public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
			return PythonJson.write(value);
		}

		@Override
		public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, Object[] arguments,
				Map<String, Object> named) {
			var given = named.getOrDefault("indent", arguments.length == 0 ? null : arguments[0]);
			return PythonJson.write(value, given instanceof Number number
					? Integer.valueOf(Math.clamp(number.intValue(), 0, WIDEST_INDENT))
					: null);
		}

	}

	/** Jinjava's own makes texts of any length. */
	private static final class Replace implements Filter {

		@Override
		public String getName() {
			return "replace";
		}

		@Override
		public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
			if (arguments.length < 2) {
				throw new IllegalArgumentException("replace takes two arguments");
			}
			return value == null ? "" : JinjaText.replace(value.toString(), arguments[0], arguments[1]);
		}

	}

}
