package dev.corral.template;

import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;

/**
 * The functions that Hugging Face gives to conversation templates beside Jinja's own. Jinjava calls
 * them by reflection.
 *
 * <p>Source: transformers, {@code utils/chat_template_utils.py}.
 */
final class JinjaFunctions {

	private JinjaFunctions() {
	}

	static ELFunctionDefinition[] definitions() {
		return new ELFunctionDefinition[]{
				new ELFunctionDefinition("", "raise_exception", JinjaFunctions.class, "raiseException", Object.class),
				new ELFunctionDefinition("", "strftime_now", JinjaFunctions.class, "strftimeNow", String.class)};
	}

	/** Ends the rendering: the template does not want these messages. */
	static @Nullable Object raiseException(@Nullable Object problem) {
		throw new Raised(String.valueOf(problem));
	}

	/** The local time in a format of C's {@code strftime}. */
	static String strftimeNow(String format) {
		return StrftimeFormatter.format(ZonedDateTime.now(ZoneId.systemDefault()), format);
	}

	/** The exception a template raised by itself. */
	static final class Raised extends RuntimeException {

		Raised(String message) {
			super(message);
		}

	}

}
