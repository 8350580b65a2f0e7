package dev.corral.cli.bench;

/**
 * Why a request has no complete reply.
 *
 * @param kind one of few: {@code http_<status>}, {@code connect}, {@code timeout}, {@code broken_stream}, {@code malformed},
 * {@code error_event} or what an engine calls its failure
 * @param detail for people, one line
 */
record Failure(String kind, String detail) {

	private static final int DETAIL_CHARACTERS = 200;

	static final String CONNECT = "connect";

	static final String TIMEOUT = "timeout";

	/** The stream ended without a finish reason. */
	static final String BROKEN_STREAM = "broken_stream";

	/** What arrived is not what the API says. */
	static final String MALFORMED = "malformed";

	/** The server reported an error in the middle of the stream. */
	static final String ERROR_EVENT = "error_event";

	Failure {
		detail = detail.replaceAll("\\s+", " ").strip();
		if (detail.length() > DETAIL_CHARACTERS) {
			detail = detail.substring(0, DETAIL_CHARACTERS) + "…";
		}
	}

	static Failure http(int status, String body) {
		return new Failure("http_" + status, body);
	}

}
