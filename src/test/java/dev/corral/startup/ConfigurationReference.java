package dev.corral.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the reference of all settings from the metadata that the build makes, their records' sources and {@code application.yml}. */
final class ConfigurationReference {

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern INLINE = Pattern.compile("\\{@(?:code|link) #?([^}]*)}");

	private static final Pattern VALUE = Pattern.compile("\\{@value #([^}]*)}");

	private static final String HEAD = """
		# Configuration

		Every setting of Corral with its default. They go into `application.yml` where Corral starts, onto the command line (`--corral.engine.threads=4`) or into the environment, in capital letters with `_` for dots and nothing
		for dashes (`CORRAL_ENGINE_QUEUELIMIT=64`; a list's first entry is `_0_`). The command line goes before the environment, and the environment before files. A setting that is not known or has a value that it must not have ends
		start-up with one message; an unknown one in the environment or a system property is only a warning. A time is a number with `ms`, `s`, `m`, `h` or `d`, a size one with `B`, `KB`, `MB` or `GB`.

		Beside these, Spring Boot's own settings hold; [`application.yml`](../application.yml) has those that Corral sets (`server.address`, `server.port`, `management.server.port`, ...) with the reasons.

		This file is generated from the settings' records and `application.yml`: `mvn test -Dtest=ConfigurationReferenceTests -Dcorral.test.write=true` writes it.
		""";

	private final YamlComments yaml = new YamlComments(Path.of("application.yml"));

	private final List<DocumentedSetting> settings = new ArrayList<>();

	ConfigurationReference() {
		var properties = new TreeMap<String, JsonNode>();
		read().path("properties").forEach(property -> properties.put(property.path("name").asString(), property));
		properties.forEach((name, property) -> {
			var component = component(property.path("sourceType").asString(), name);
			settings.add(setting(name, component, property.path("description").asString("")));
			addEntries(name, component.getGenericType());
		});
		settings.sort(Comparator.comparing(DocumentedSetting::name));
	}

	List<DocumentedSetting> settings() {
		return List.copyOf(settings);
	}

	String document() {
		var groups = new TreeMap<String, List<DocumentedSetting>>();
		settings.forEach(setting -> groups.computeIfAbsent(setting.group(), _ -> new ArrayList<>()).add(setting));
		var text = new StringBuilder(HEAD);
		groups.forEach((group, members) -> {
			text.append("\n## corral.").append(group).append("\n\n");
			var about = yaml.comment("corral." + group);
			if (members.size() > 1 && !about.isEmpty()) {
				text.append(about).append("\n\n");
			}
			text.append("| setting | values | default | meaning |\n| --- | --- | --- | --- |\n");
			members.forEach(member -> text.append(member.row()).append('\n'));
		});
		return text.toString();
	}

	private DocumentedSetting setting(String name, RecordComponent component, String description) {
		boolean told = name.chars().filter(character -> character == '.').count() > 1 || isAlone(name);
		return new DocumentedSetting(name, ValueTypes.describe(name, component.getType(), limits(component)),
				standard(name, component), sentence(description), told ? yaml.comment(name) : "");
	}

	/** Whether a setting directly below {@code corral} has no others below it, so that its comment is not that of its group. */
	private static boolean isAlone(String name) {
		return name.equals("corral.role");
	}

	/** The keys of what a map or list holds. */
	private void addEntries(String name, Type type) {
		if (type instanceof ParameterizedType container && container.getActualTypeArguments()[container
				.getActualTypeArguments().length - 1] instanceof Class<?> entry && entry.isRecord()) {
			addComponents(name + (container.getRawType() == Map.class ? ".<name>" : "[]"), entry);
		}
	}

	private void addComponents(String prefix, Class<?> type) {
		for (var component : type.getRecordComponents()) {
			var name = prefix + "." + kebab(component.getName());
			if (component.getType().isRecord()) {
				addComponents(name, component.getType());
			} else {
				settings.add(setting(name, component, parameter(type, component.getName())));
			}
		}
	}

	private String standard(String name, RecordComponent component) {
		var value = yaml.value(name);
		if (!value.isEmpty() && !value.equals("[]") && !value.equals("{}")) {
			return value;
		}
		var written = parameters(component).getAnnotation(DefaultValue.class);
		return written == null ? "" : String.join(",", written.value());
	}

	private static AnnotatedElement parameters(RecordComponent component) {
		var constructor = component.getDeclaringRecord().getDeclaredConstructors()[0];
		for (var parameter : constructor.getParameters()) {
			if (parameter.getName().equals(component.getName())) {
				return parameter;
			}
		}
		throw new IllegalStateException("No parameter for " + component);
	}

	private static @Nullable AnnotatedElement limits(RecordComponent component) {
		try {
			return component.getDeclaringRecord().getDeclaredField(component.getName());
		} catch (NoSuchFieldException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	private static RecordComponent component(String sourceType, String name) {
		var last = name.substring(name.lastIndexOf('.') + 1);
		try {
			for (var component : Class.forName(sourceType).getRecordComponents()) {
				if (kebab(component.getName()).equals(last)) {
					return component;
				}
			}
		} catch (ClassNotFoundException stale) {
			throw new IllegalStateException("The metadata are of another build", stale);
		}
		throw new IllegalStateException("%s has no component for %s".formatted(sourceType, name));
	}

	private static String parameter(Class<?> type, String name) {
		var source = text(SOURCES.resolve(type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java"));
		var declared = source.indexOf("record " + type.getSimpleName() + "(");
		var javadoc = source.substring(source.lastIndexOf("/**", declared), declared);
		var found = Pattern.compile("@param " + name + "\\s+((?:(?!@param|\\*/).)*)", Pattern.DOTALL).matcher(javadoc);
		if (!found.find()) {
			return "";
		}
		var text = found.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip();
		return VALUE.matcher(text).replaceAll(value -> constant(type, value.group(1)));
	}

	private static String constant(Class<?> type, String name) {
		try {
			var field = type.getDeclaredField(name);
			field.setAccessible(true);
			return String.valueOf(field.get(null));
		} catch (ReflectiveOperationException stale) {
			throw new IllegalStateException(stale);
		}
	}

	/** As a sentence in Markdown. */
	private static String sentence(String javadoc) {
		var text = INLINE.matcher(javadoc.replaceAll("\\s+", " ").strip()).replaceAll("`$1`");
		return text.isEmpty() || text.endsWith(".")
				? text
				: Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static JsonNode read() {
		return JsonMapper.shared().readTree(text(METADATA));
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

}
