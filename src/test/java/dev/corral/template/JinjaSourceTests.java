package dev.corral.template;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JinjaSourceTests {

	@ParameterizedTest
	@CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false, value = {
			"a{%- if x -%} b~a{% if x %}b", "a {%if x%} b~a {% if x %} b", "a{#- c -#} b~ab",
			"{\"a\": {%- if x %}~{\"a\":{% if x %}", "{ {%- if x %}~{{ '{' }}{% if x %}",
			"{{ f(a=b - 1, c=[d, e]) }}~{{ f(a=(b - 1), c=([d, e])) }}", "{{ f(a == b) }}~{{ f(a == b) }}",
			"{{ '\\u00e9\\n' }}~{{ 'é\\n' }}", "{{ m[::-1][0] }}~{{ m.reversed()[0] }}",
			"{{ '[::-1] }}' }}~{{ '[::-1] }}' }}", "{{{'a': {}}['a']}}~{{ {'a': {}}['a'] }}"})
	void writesForJinjavaWhatJinja2Means(String source, String expected) {
		assertThat(JinjaSource.rewrite(source)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = {"{{ a", "{% if 'a %}", "{# a", "{{ '}}"})
	void refusesWhatItCannotRewrite(String source) {
		assertThatThrownBy(() -> JinjaSource.rewrite(source)).isInstanceOf(IllegalArgumentException.class);
	}

}
