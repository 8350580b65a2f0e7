package dev.corral.inference;

/** A request parameter is outside its range. The parameter's name is the one the OpenAI API uses. */
public final class InvalidParameter extends IllegalArgumentException {

	private final String parameter;

	/**
	 * @param parameter the name clients know it by, for example {@code top_p}
	 * @param problem continues the sentence that the parameter's name begins: the range and the actual value
	 */
	public InvalidParameter(String parameter, String problem) {
		super("'" + parameter + "' " + problem + ".");
		this.parameter = parameter;
	}

	public String parameter() {
		return parameter;
	}

}
