package dev.corral.web;

/** How one API writes errors; a bean per API. */
public interface ErrorFormat {

	/**
	 * Whether a path is of this API.
	 *
	 * @param path within the application, with its leading slash
	 */
	boolean covers(String path);

	/**
	 * The error as a JSON value of this API.
	 *
	 * @param requestId names the request in the server's log
	 */
	Object body(ApiError error, String requestId);

}
