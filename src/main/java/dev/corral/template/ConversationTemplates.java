package dev.corral.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds the conversation template of a model. Stateless and safe for any thread. */
@Component
public class ConversationTemplates {

	private static final Logger log = LoggerFactory.getLogger(ConversationTemplates.class);

	private static final List<Message> PROBE = List.of(new Message(Role.USER, "Hello!"),
			new Message(Role.ASSISTANT, "Hi!"), new Message(Role.USER, "How are you?"));
	private static final List<Message> PROBE_WITH_SYSTEM = List.of(new Message(Role.SYSTEM, "Be brief."),
			PROBE.get(0), PROBE.get(1), PROBE.get(2));

	private final FamilyCatalog catalog = FamilyCatalog.load();
	private final Map<String, ConversationTemplate> families = new LinkedHashMap<>();

	public ConversationTemplates() {
		catalog.families().forEach(family -> families.put(family.name(), new FamilyTemplate(family)));
	}

	/** The families that can be asked for by name. */
	public List<String> names() {
		return List.copyOf(families.keySet());
	}

	/**
	 * The template of a family.
	 *
	 * @throws IllegalArgumentException if there is no such family
	 */
	public ConversationTemplate named(String family) {
		var template = families.get(family);
		if (template == null) {
			throw new IllegalArgumentException("There is no conversation template '%s'; the known ones are %s."
					.formatted(family, String.join(", ", names())));
		}
		return template;
	}

	/**
	 * The template that fits a model best: the family that its own Jinja template turns out to be, else that Jinja
	 * template, else the family that its name tells, else a plain transcript.
	 */
	public ConversationTemplate choose(ModelHints hints) {
		String source = hints.chatTemplate();
		if (source != null && !source.isBlank()) {
			try {
				var jinja = new JinjaTemplate(source, hints.bosToken(), hints.eosToken(), hints.addsBos());
				return familyLike(jinja).map(family -> preferred(jinja, family)).orElse(jinja);
			} catch (TemplateFailed e) {
				log.warn("The model {} has a conversation template that is of no use, so its name decides: {}",
						hints.modelName(), String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " "));
			}
		}
		return named(catalog.familyOf(hints.modelName(), hints.architecture()));
	}

	/** The family knows stop sequences; the Jinja template may know more of tools. */
	private static ConversationTemplate preferred(JinjaTemplate jinja, ConversationTemplate family) {
		return jinja.writesTools() ? jinja.withStopSequences(family.stopSequences()) : family;
	}

	/** The family that writes the very same; it is preferred because it knows stop sequences too. */
	private Optional<ConversationTemplate> familyLike(ConversationTemplate jinja) {
		String plain = jinja.render(PROBE).text();
		String withSystem = jinja.render(PROBE_WITH_SYSTEM).text();
		return families.values().stream().filter(family -> family.render(PROBE).text().equals(plain)
				&& family.render(PROBE_WITH_SYSTEM).text().equals(withSystem)).findFirst();
	}

}
