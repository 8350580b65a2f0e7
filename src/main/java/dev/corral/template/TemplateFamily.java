package dev.corral.template;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One record of {@code families.yml}, which says what each field means. */
record TemplateFamily(String name, boolean bos, String preamble, String system,
		@JsonProperty("system-place") SystemPlace systemPlace, @JsonProperty("default-system") String defaultSystem,
		String user, String assistant, String reply, @JsonProperty("reply-prefix") String replyPrefix, boolean trim,
		List<String> stop, String tools, String tool) {

	/** Where a family writes the system message. */
	enum SystemPlace {

		@JsonProperty("first")
		FIRST,

		@JsonProperty("in-first-user")
		IN_FIRST_USER

	}

}
