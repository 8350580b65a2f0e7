package dev.corral.conversation.exchange;

import java.io.InputStream;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records that are the elements of one array. */
final class JsonArrayRecords extends JsonRecords {

	private final JsonParser parser;

	/** What the record being read is inside of, innermost first. */
	private final ArrayDeque<ContainerNode<?>> open = new ArrayDeque<>();

	JsonArrayRecords(InputStream input, ExchangeLimits limits) {
		super(input, limits);
		// The deepest record must be skipped, not end the file.
		parser = mapper(new ExchangeLimits(limits.recordBytes(), Math.max(limits.depth(), 1000), limits.messages()))
				.createParser(input);
		parser.nextToken();
	}

	@Override
	public @Nullable JsonRecord next() {
		try {
			number++;
			var token = parser.nextToken();
			if (token == JsonToken.END_ARRAY) {
				if (parser.nextToken() != null) {
					throw new BrokenFile("Something follows on the array of %d records.".formatted(number - 1));
				}
				return null;
			}
			if (token == null) {
				throw broken("the file ends");
			}
			if (token != JsonToken.START_OBJECT) {
				parser.skipChildren();
				return new JsonRecord.Unreadable(number, "it is no JSON object");
			}
			return read();
		} catch (JacksonException invalid) {
			throw broken(JsonProblems.text(invalid));
		}
	}

	private BrokenFile broken(String problem) {
		return new BrokenFile("The file cannot be read from record %d on: %s.".formatted(number, problem));
	}

	/** Builds the object that has just begun, as long as it keeps to the limits. */
	private JsonRecord read() {
		var record = JsonNodeFactory.instance.objectNode();
		open.clear();
		open.push(record);
		long size = 0;
		while (!open.isEmpty()) {
			var token = parser.nextToken();
			if (token == null) {
				throw broken("the file ends");
			}
			size += ExchangeLimits.TOKEN_COST;
			if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
				size += parser.getStringLength();
			}
			if (size > limits.recordBytes()) {
				return skipped("it is larger than %d bytes".formatted(limits.recordBytes()), token);
			}
			if (token.isStructStart() && open.size() == limits.depth()) {
				return skipped("it is nested more than %d levels deep".formatted(limits.depth()), token);
			}
			accept(token);
		}
		return new JsonRecord.Read(number, record);
	}

	/** Reads on to the record's end without keeping anything. */
	private JsonRecord skipped(String problem, JsonToken last) {
		int depth = open.size() + change(last);
		while (depth > 0) {
			var token = parser.nextToken();
			if (token == null) {
				throw broken("the file ends");
			}
			depth += change(token);
		}
		return new JsonRecord.Unreadable(number, problem);
	}

	private static int change(JsonToken token) {
		return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
	}

	private void accept(JsonToken token) {
		var nodes = JsonNodeFactory.instance;
		switch (token) {
			case START_OBJECT -> enter(nodes.objectNode());
			case START_ARRAY -> enter(nodes.arrayNode());
			case END_OBJECT, END_ARRAY -> open.pop();
			case VALUE_STRING -> add(nodes.stringNode(parser.getString()));
			case VALUE_NUMBER_INT -> add(nodes.numberNode(parser.getBigIntegerValue()));
			case VALUE_NUMBER_FLOAT -> add(nodes.numberNode(parser.getDecimalValue()));
			case VALUE_TRUE -> add(nodes.booleanNode(true));
			case VALUE_FALSE -> add(nodes.booleanNode(false));
			case VALUE_NULL -> add(nodes.nullNode());
			default -> {
				// The name of a property, which its value asks for.
			}
		}
	}

	private void enter(ContainerNode<?> container) {
		add(container);
		open.push(container);
	}

	private void add(JsonNode node) {
		if (open.peek() instanceof ObjectNode object) {
			object.set(name(node), node);
		} else if (open.peek() instanceof ArrayNode array) {
			array.add(node);
		}
	}

	/** When a container begins, the parser already stands inside it. */
	private String name(JsonNode node) {
		var context = parser.streamReadContext();
		var owner = node.isContainer() ? context.getParent() : context;
		return owner.currentName();
	}

	@Override
	public boolean array() {
		return true;
	}

}
