package dev.corral.conversation.exchange;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MarkdownTests {

	@Test
	void writesTheActiveBranchUnderHeadings() {
		assertThat(Markdown
				.write(Samples.of("A <b>title", "Hi\n\n- one\n- two", "Hello\n\n```java\n# no heading <b>\n```")))
				.isEqualTo("""
					# A \\<b>title

					## User

					Hi

					- one
					- two

					## Assistant

					Hello

					```java
					# no heading <b>
					```
					""");
	}

	@Test
	void closesCodeThatWasLeftOpen() {
		assertThat(Markdown.write(Samples.of("T", "~~~~\n```\n~~~", "``` no `fence\n## User"))).endsWith("""
			## User

			~~~~
			```
			~~~
			~~~~

			## Assistant

			``` no `fence
			\\## User
			""");
	}

	@Test
	void letsNoTextLookLikeHeadingsOrSwallowTheRest() {
		assertThat(
				Markdown.write(Samples.of("T", "# Me\n## Assistant\n### fine\nx\n---\n<!-- gone\n  <script>\n#hash")))
				.endsWith("""
					# Me
					\\## Assistant
					### fine
					x
					---
					\\<!-- gone
					  \\<script>
					#hash
					""");
	}

	@Test
	void hasATitleAndTheSystemMessage() {
		assertThat(Markdown.write(Samples.full())).startsWith("# Greek\n\n## System\n\nBe brief.\n\n## User\n\nWas");
		assertThat(Markdown.write(Samples.of(" "))).isEqualTo("# Conversation\n");
	}

}
