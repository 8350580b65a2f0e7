package dev.corral.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JinjaSandboxTests {

	private static final Duration PATIENCE = Duration.ofMillis(500);

	private static final Map<String, Object> VARIABLES = Map.of("messages",
			List.of(Map.of("role", "user", "content", "Hello!")), "bos_token", "<s>");

	private static String render(String source) {
		return new JinjaSandbox(JinjaSource.rewrite(source), PATIENCE).render(VARIABLES);
	}

	@ParameterizedTest
	@ValueSource(strings = {"{{ ''.class }}", "{{ ''['class'] }}", "{{ ''.__class__.__mro__ }}",
			"{{ messages.getClass() }}", "{{ ''.getClass().forName('java.lang.Runtime') }}",
			"{{ ____int3rpr3t3r____ }}", "{{ ____int3rpr3t3r____.config }}",
			"{{ messages['____int3rpr3t3r____']|tojson }}", "{{ [messages['____int3r' ~ 'pr3t3r____']]|tojson }}",
			"{{ messages['filter:trim']|tojson }}", "{% for m in messages %}{{ loop|tojson }}{% endfor %}",
			"{{ messages['____int3rpr3t3r____'].getConfig() }}",
			"{{ ''|attr('getClass') }}{{ 'x'.getBytes() }}", "{% set c = bos_token.concat('x') %}",
			"{% for m in messages %}{{ loop.getClass() }}{% endfor %}",
			"{% for m in messages %}{{ loop.next() }}{% endfor %}",
			"{% for m in messages if m.getClass() %}{% endfor %}",
			"{% for m in messages if ____int3rpr3t3r____ %}{% endfor %}",
			"{% include '/etc/passwd' %}", "{% import 'x' as y %}", "{% from 'x' import y %}", "{% extends 'x' %}",
			"{{ '{{ 1 }}'|render }}{% do 1 %}", "{{ super() }}", "{{ fn:list('a') }}"})
	@Timeout(5)
	void givesNoWayToJava(String hostile) {
		assertThatThrownBy(() -> render(hostile)).isInstanceOfAny(JinjaSandbox.Broken.class,
				IllegalArgumentException.class);
	}

	static List<String> greedy() {
		String loops = "{% for i in range(9999) %}".repeat(8) + "{% endfor %}".repeat(8);
		String doubling = "{% set x = x + x %}".repeat(40);
		return List.of(loops, "{% for i in range(9999) %}{% for j in range(9999) %}{{ 'x' }}{% endfor %}{% endfor %}",
				"{% for i in range(9999) if i %}{% for j in range(9999) if j %}{{ 'x' }}{% endfor %}{% endfor %}",
				"{% set x = 'xx' %}" + doubling + "{{ x }}", "{% set x = [1, 2] %}" + doubling + "{{ x }}",
				"{% set x = ['xx'] %}" + "{% set x = [x, x] %}".repeat(40) + "{{ x }}",
				"{% set x = {'a': 'b'} %}" + "{% set x = {'a': x, 'b': x} %}".repeat(40) + "{{ x|tojson }}",
				"{% set x = 'aaaaaaaa' %}" + "{% set x = x.replace('a', x) %}".repeat(9) + "{{ x }}",
				"{% set x = 'aaaaaaaa' %}" + "{% set x = x|replace('a', x) %}".repeat(9) + "{{ x }}",
				"{{ " + "(".repeat(4000) + "1" + ")".repeat(4000) + " }}",
				"{{ " + "[".repeat(4000) + "]".repeat(4000) + " }}",
				"{% if true %}".repeat(3000) + "{% endif %}".repeat(3000), "{{ 1" + "+1".repeat(300) + " }}",
				"{{ '" + "x".repeat(9000) + "' }}", "x".repeat(70_000),
				"{% set x = range(9999) %}{% for i in range(9999) %}{% set y = x" + "+x".repeat(60) + " %}{% endfor %}",
				"{% macro f() %}{% for i in range(9999) %}{{ g() }}{% endfor %}{% endmacro %}"
						+ "{% macro g() %}{% for i in range(9999) %}{{ f() }}x{% endfor %}{% endmacro %}{{ f() }}");
	}

	@ParameterizedTest
	@MethodSource("greedy")
	@Timeout(20)
	void endsATemplateThatWantsTooMuch(String greedy) {
		assertThatThrownBy(() -> render(greedy)).isInstanceOfAny(JinjaSandbox.Broken.class,
				IllegalArgumentException.class);
	}

	@Test
	void neverRendersItsOutputAgain() {
		assertThat(render("{{ '{{ bos' + '_token }}' }}")).isEqualTo("{{ bos_token }}");
	}

	@Test
	void stopsAtTheFirstErrorAndReportsIt() {
		assertThatThrownBy(() -> render("{{ raise_exception('first') }}{{ raise_exception('second') }}"))
				.isInstanceOf(JinjaSandbox.Broken.class).hasMessage("first");
	}

	@Test
	void knowsPythonsStringMethods() {
		assertThat(render("{{ ' a '.strip() }}|{{ 'xax'.lstrip('x') }}|{{ 'a,b,c'.split(',', 1)[1] }}|"
				+ "{{ 'ab'.startswith('a') }}|{{ 'ab'.endswith('a') }}|{{ 'ab'.upper() }}|{{ 'abc'[-1] }}|{{ 'o b'.title() }}"))
				.isEqualTo("a|ax|b,c|true|false|AB|c|O B");
	}

	@Test
	void knowsWhereALoopIs() {
		assertThat(render("{% for c in ['a', 'b', 'c'] %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}"
				+ "{{ loop.revindex0 }}{{ loop.length }}{{ loop.first }}{{ loop.last }} {% endfor %}"))
				.isEqualTo("10323truefalse 21213falsefalse 32103falsetrue ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', value = {
			"{% for c in ['a', 'b', 'c'] if c != 'c' %}{{ loop.index }}{{ c }}{{ loop.last }} {% endfor %} ~ 1afalse 2btrue",
			"{% for k, v in {'a': 1, 'b': 2, 'if': 3}.items() if v > 1 %}{{ k }}{{ v }}{% if not loop.last %},{% endif %}{% endfor %} ~ b2,if3",
			"{% for a in ['x', 'y'] if a == 'y' %}{% for b in ['x', 'y'] if (b if a else a) != a %}{{ a + b }}{% endfor %}{% endfor %} ~ yx",
			"{% for m in messages if m.role == 'user' and m.content is defined %}{{ m.role }}{% endfor %}. ~ user.",
			"{% for c in 'a if b'.split(' ') if c == 'if' %}{{ c }}{% endfor %} ~ if",
			"{% for c in ['a'] if c == 'b' %}{{ c }}{% endfor %}none ~ none",
			"{% for c in (['a'] if true else ['b']) %}{{ c }}{% endfor %} ~ a"})
	void loopsOverWhatAConditionLeaves(String template, String output) {
		assertThat(render(template).strip()).isEqualTo(output);
	}

	@Test
	void knowsTheMethodsOfMaps() {
		assertThat(render("{% for k, v in {'a': 'b'}.items() %}{{ k }}{{ v }}{% endfor %}"
				+ "{{ messages[0].get('role') }}{{ messages[0].get('name', 'none') }}")).isEqualTo("abusernone");
	}

}
