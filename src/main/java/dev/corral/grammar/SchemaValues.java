package dev.corral.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Objects;

import dev.corral.inference.InvalidParameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The values that a schema lists. */
final class SchemaValues {

	private SchemaValues() {
	}

	/** @throws InvalidParameter if it cannot be written */
	static void check(JsonNode value, Place place) {
		if (value.isString()) {
			TextConstraints.checkCharacters(Objects.requireNonNull(value.stringValue()), place);
		} else if (value.isNumber()) {
			SchemaNode.decimal(value, place);
		}
		value.propertyNames().forEach(name -> TextConstraints.checkCharacters(name, place));
		value.valueStream().forEach(child -> check(child, place));
	}

	/** Whether both are the same value; 1 and 1.0 are, and the order of properties does not matter. */
	static boolean same(JsonNode a, JsonNode b) {
		if (JsonKind.of(a) != JsonKind.of(b) || a.size() != b.size()) {
			return false;
		}
		return switch (JsonKind.of(a)) {
			case NUMBER -> a.decimalValue().compareTo(b.decimalValue()) == 0;
			case ARRAY -> {
				for (int i = 0; i < a.size(); i++) {
					if (!same(a.get(i), b.get(i))) {
						yield false;
					}
				}
				yield true;
			}
			case OBJECT -> a.propertyStream().allMatch(
					property -> b.has(property.getKey()) && same(property.getValue(), b.get(property.getKey())));
			default -> a.equals(b);
		};
	}

	static boolean isInteger(BigDecimal value) {
		return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
	}

	/** How a string, number, boolean or null is written. */
	static String text(JsonNode scalar) {
		if (!scalar.isNumber()) {
			return scalar.toString();
		}
		var value = scalar.decimalValue();
		return isInteger(value) ? value.toBigInteger().toString() : value.stripTrailingZeros().toPlainString();
	}

	/** How a string is written, with its quotation marks. */
	static String text(String string) {
		return StringNode.valueOf(string).toString();
	}

	/** A listed value, with white space where JSON of any kind has it. */
	static Expression expression(JsonNode value, JsonSyntax syntax) {
		if (!value.isContainer()) {
			return Expression.text(text(value));
		}
		var parts = new ArrayList<Expression>();
		parts.add(Expression.text(value.isObject() ? "{" : "["));
		parts.add(syntax.space());
		if (value.isObject()) {
			value.propertyStream().forEach(property -> {
				addComma(parts, syntax);
				parts.add(Expression.text(text(property.getKey())));
				parts.add(syntax.colon());
				parts.add(expression(property.getValue(), syntax));
			});
		} else {
			value.valueStream().forEach(item -> {
				addComma(parts, syntax);
				parts.add(expression(item, syntax));
			});
		}
		if (!value.isEmpty()) {
			parts.add(syntax.space());
		}
		parts.add(Expression.text(value.isObject() ? "}" : "]"));
		return new Expression.Sequence(parts);
	}

	private static void addComma(ArrayList<Expression> parts, JsonSyntax syntax) {
		if (parts.size() > 2) {
			parts.add(syntax.comma());
		}
	}

}
