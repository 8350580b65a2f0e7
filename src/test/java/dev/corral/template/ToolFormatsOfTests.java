package dev.corral.template;

/** The tool formats for tests of other packages. */
public final class ToolFormatsOfTests {

	private ToolFormatsOfTests() {
	}

	public static ToolFormat named(String name) {
		return ToolFormats.ALL.named(name);
	}

}
