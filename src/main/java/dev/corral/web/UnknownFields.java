package dev.corral.web;

import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the fields of requests that nobody here knows. They are ignored, for APIs grow; the counter tells when clients want something
 * that they do not get. Their names come from clients, so they are told in the log alone.
 */
@Component
public class UnknownFields {

	static final String METER = "corral.api.unknown.fields";

	private static final Logger log = LoggerFactory.getLogger(UnknownFields.class);

	/** Names that a log line tells; there may be thousands. */
	private static final int MOST_TOLD = 10;

	private static final int LONGEST_NAME = 64;

	private final MeterRegistry meters;

	public UnknownFields(MeterRegistry meters) {
		this.meters = meters;
	}

	/**
	 * Reads a body, then counts the fields that were not asked for.
	 *
	 * @param route the path of the request as it is in the code
	 */
	public <T> T reading(String route, JsonFields body, Function<JsonFields, T> parser) {
		var request = parser.apply(body);
		var unknown = body.unread();
		if (!unknown.isEmpty()) {
			Counter.builder(METER).description("Top-level request fields that were ignored because they are not known")
					.baseUnit("fields").tag("route", route).register(meters).increment(unknown.size());
			log.debug("{} fields of a request to {} are not known: {}", unknown.size(), route,
					unknown.stream().limit(MOST_TOLD).map(UnknownFields::printable).toList());
		}
		return request;
	}

	/** Nothing that could break out of a log line. */
	private static String printable(String name) {
		var start = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
		return start.replaceAll("[^A-Za-z0-9_.-]", "?");
	}

}
