package dev.corral.conversation.exchange;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which model is to reply in imported conversations.
 *
 * @param served the names of the models that are there
 * @param otherwise stands in for a model that is not, or that nobody told
 */
public record ImportModels(Set<String> served, String otherwise) {

	public ImportModels {
		served = Set.copyOf(served);
	}

	String choose(@Nullable String told) {
		return told != null && served.contains(told) ? told : otherwise;
	}

}
