package dev.corral.template;

import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.SafeString;
import com.hubspot.jinjava.util.ForLoop;

import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;

/**
 * All that a Jinja template can do with values: take elements of lists, entries of maps and characters of strings, ask a
 * loop where it is, and call the methods listed here. It replaces Jinjava's own resolver, which reaches the methods of
 * Java objects through reflection and only excludes known dangers.
 */
final class JinjaValues extends ELResolver {

	private final Runnable step;

	/**
	 * @param step told about every access; throws to end the rendering
	 */
	JinjaValues(Runnable step) {
		this.step = step;
	}

	@Override
	public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
		step.run();
		String name = String.valueOf(property);
		if (name.startsWith("__") || name.equals("class")) {
			throw new ELException("the property '" + name + "' is out of bounds");
		}
		context.setPropertyResolved(true);
		return switch (base) {
			case Map<?, ?> map -> map.get(name);
			case List<?> list -> element(list.size(), name) < 0 ? null : list.get(element(list.size(), name));
			case String text when element(text.length(), name) >= 0 ->
				String.valueOf(text.charAt(element(text.length(), name)));
			case ForLoop loop -> loopValue(loop, name);
			case null, default -> null;
		};
	}

	/** The index that a subscript means, counted from the end if negative, or -1. */
	private static int element(int size, String subscript) {
		if (!subscript.matches("-?\\d{1,9}")) {
			return -1;
		}
		int index = Integer.parseInt(subscript);
		int counted = index < 0 ? index + size : index;
		return counted < size ? counted : -1;
	}

	private static @Nullable Object loopValue(ForLoop loop, String name) {
		return switch (name) {
			case "index" -> loop.getIndex();
			case "index0" -> loop.getIndex0();
			case "first" -> loop.isFirst();
			case "last" -> loop.isLast();
			case "length" -> loop.getLength();
			case "revindex" -> loop.getLength() - loop.getIndex0();
			case "revindex0" -> loop.getLength() - loop.getIndex();
			default -> throw new ELException("'loop." + name + "' is not supported");
		};
	}

	@Override
	public @Nullable Object invoke(ELContext context, @Nullable Object base, @Nullable Object method,
			Class<?> @Nullable [] types, Object @Nullable [] parameters) {
		step.run();
		Object[] given = parameters == null ? new Object[0] : parameters;
		context.setPropertyResolved(true);
		try {
			if (base instanceof Filter || base instanceof ExpTest) {
				requirePlain(given[0]);
			}
			return call(base, String.valueOf(method), given);
		} catch (IllegalArgumentException e) {
			throw new ELException(e.getMessage(), e);
		}
	}

	/** Jinjava answers to a few names with objects of its own, which a filter such as {@code tojson} would look into. */
	private void requirePlain(@Nullable Object value) {
		step.run();
		switch (value) {
			case Map<?, ?> map -> map.values().forEach(this::requirePlain);
			case Map.Entry<?, ?> entry -> requirePlain(entry.getValue());
			case Collection<?> elements -> elements.forEach(this::requirePlain);
			case ForLoop _ -> throw new IllegalArgumentException("a loop is no value");
			case String _,Number _,Boolean _,SafeString _,Iterator<?> _ -> {
			}
			case null -> {
			}
			default -> throw new IllegalArgumentException("this value is out of bounds");
		}
	}

	private static @Nullable Object call(@Nullable Object base, String method, Object[] given) {
		return switch (base) {
			case Filter filter when method.equals("filter") -> filter(filter, given);
			case ExpTest test when method.equals("evaluate") ->
				test.evaluate(given[0], JinjavaInterpreter.getCurrent(), Arrays.copyOfRange(given, 2, given.length));
			case ExpTest test when method.equals("evaluateNegated") -> test.evaluateNegated(given[0],
					JinjavaInterpreter.getCurrent(), Arrays.copyOfRange(given, 2, given.length));
			case String text -> JinjaText.call(text, method, Arrays.asList(given));
			case Map<?, ?> map -> callMap(map, method, given);
			case List<?> list when method.equals("reversed") -> new ArrayList<Object>(list.reversed());
			case null, default -> throw new IllegalArgumentException("there is no method " + method + "()");
		};
	}

	/** Jinjava passes a filter its value, the interpreter, the positional and the named arguments. */
	@SuppressWarnings("unchecked")
	private static @Nullable Object filter(Filter filter, Object[] given) {
		return filter.filter(given[0], JinjavaInterpreter.getCurrent(), (Object[]) given[2],
				(Map<String, Object>) given[3]);
	}

	private static @Nullable Object callMap(Map<?, ?> map, String method, Object[] given) {
		return switch (method) {
			case "get" -> {
				Object value = given.length == 0 ? null : map.get(String.valueOf(given[0]));
				yield value == null && given.length > 1 ? given[1] : value;
			}
			case "keys" -> new ArrayList<Object>(map.keySet());
			case "values" -> new ArrayList<Object>(map.values());
			case "items" -> new ArrayList<Object>(map.entrySet());
			default -> throw new IllegalArgumentException("a map has no method " + method + "()");
		};
	}

	@Override
	public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
		return true;
	}

	@Override
	public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
		throw new ELException("values cannot be changed");
	}

	@Override
	public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
		return null;
	}

	@Override
	public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
		return Object.class;
	}

	@Override
	public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
		return null;
	}

}
