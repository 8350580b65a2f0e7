package dev.corral.template;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;

/** Filters in which Jinjava differs from Jinja2, or knows no limit. */
final class JinjaFilters {

	private JinjaFilters() {
	}

	static List<Filter> all() {
		return List.of(new Trim(), new Replace());
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
