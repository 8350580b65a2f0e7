package dev.corral.openai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.inference.Dry;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.Mirostat;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;
import dev.corral.template.Message;
import dev.corral.template.RenderOptions;
import dev.corral.template.Role;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChatCompletionParserTests {

	private static final String HI = "\"model\": \"llama\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]";

	private final ChatCompletionParser parser = new ChatCompletionParser(
			new ApiSettings(Duration.ofSeconds(10), DataSize.ofMegabytes(1), Duration.ofSeconds(10),
					Duration.ofSeconds(30), 3));

	@Test
	void fillsInTheDefaultsOfTheApi() {
		var request = with("");

		assertThat(request.stream()).isFalse();
		assertThat(request.includeUsage()).isFalse();
		assertThat(request.chat().model()).isEqualTo("llama");
		assertThat(request.chat().messages()).containsExactly(new Message(Role.USER, "hi"));
		assertThat(request.chat().maxCompletionTokens()).isNull();
		assertThat(request.chat().stopSequences()).isEmpty();
		assertThat(request.chat().sampling()).isEqualTo(SamplingParameters.DEFAULTS);
	}

	@Test
	void readsEverySamplingParameter() {
		var request = with("""
			, "temperature": 0.5, "top_p": 0.9, "presence_penalty": -1, "frequency_penalty": 1.5,
			"logit_bias": {"5": -100, "7": 2.5}, "seed": -9223372036854775808, "top_k": 40, "min_p": 0.05,
			"repetition_penalty": 1.1""");

		assertThat(request.chat().sampling()).isEqualTo(SamplingParameters.DEFAULTS.withTemperature(0.5f)
				.withTruncation(new Truncation(0, 40, 1, 0.9f, 0.05f))
				.withPenalties(new RepetitionPenalties(1.1f, RepetitionPenalties.EVERYTHING, -1, 1.5f))
				.withTokens(TokenRules.NONE.withLogitBias(Map.of(5, -100f, 7, 2.5f))).withSeed(Long.MIN_VALUE));
	}

	@Test
	void readsTheSamplersOfOtherServers() {
		var request = with("""
			, "typical_p": 0.9, "top_n_sigma": 1.5, "xtc_probability": 0.5, "xtc_threshold": 0.2, "mirostat": 2,
			"mirostat_tau": 3, "mirostat_eta": 0.2, "dry_multiplier": 0.8, "dry_base": 2, "dry_allowed_length": 3,
			"dry_penalty_last_n": 100, "dry_sequence_breakers": [";"], "repeat_penalty": 1.2, "repeat_last_n": 64,
			"min_tokens": 5, "ignore_eos": true, "allowed_token_ids": [1, 2], "banned_token_ids": [3, 3]""");

		assertThat(request.chat().sampling()).isEqualTo(new SamplingParameters(1, new Truncation(1.5f, 0, 0.9f, 1, 0),
				new Xtc(0.5f, 0.2f), new Mirostat(3, 0.2f), new RepetitionPenalties(1.2f, 64, 0, 0),
				new Dry(0.8f, 2, 3, 100, List.of(";")),
				new TokenRules(Map.of(), Set.of(1, 2), Set.of(3), 5, true), null));
	}

	@Test
	void knowsTheWaysOfOtherServersToSayOffAndAll() {
		var request = with("""
			, "top_n_sigma": -1, "xtc_probability": 0, "mirostat": 0, "dry_multiplier": 0, "repeat_last_n": -1,
			"typical_p": 1""");

		assertThat(request).isEqualTo(with(""));
		assertThat(with(", \"dry_multiplier\": 1, \"dry_penalty_last_n\": -1").chat().sampling().dry())
				.isEqualTo(Dry.DEFAULTS.withMultiplier(1));
	}

	@Test
	void readsHowManyChoicesAndLogprobsAreWanted() {
		assertThat(with(", \"n\": 3").reply()).isEqualTo(new ReplyOptions(3, 3, null));
		assertThat(with(", \"logprobs\": true").reply()).isEqualTo(new ReplyOptions(1, 1, 0));
		assertThat(with(", \"logprobs\": true, \"top_logprobs\": 4").chat().logprobs()).isEqualTo(4);
	}

	@Test
	void asksForTheLogprobsThatTheBestAreChosenBy() {
		var request = with(", \"n\": 2, \"best_of\": 5");

		assertThat(request.reply()).isEqualTo(new ReplyOptions(2, 5, null));
		assertThat(request.chat().logprobs()).isZero();
	}

	@Test
	void servesLowerPrioritiesFirst() {
		assertThat(with(", \"priority\": -3").chat().priority()).isEqualTo(3);
	}

	@Test
	void keepsThePrefixesOfDifferentSaltsApart() {
		assertThat(with(", \"cache_salt\": \"team-a\"").chat().cacheSalt()).isEqualTo("team-a");
	}

	@ParameterizedTest
	@ValueSource(strings = {"max_completion_tokens", "max_tokens", "temperature", "top_p", "presence_penalty",
			"frequency_penalty", "logit_bias", "seed", "stop", "stream", "stream_options", "n", "top_k", "min_p",
			"repetition_penalty", "response_format", "guided_json", "guided_regex", "guided_choice",
			"guided_grammar", "grammar", "json_schema", "tools", "tool_choice", "functions", "parallel_tool_calls",
			"logprobs", "top_logprobs", "best_of", "priority", "cache_salt", "typical_p", "top_n_sigma",
			"xtc_probability", "xtc_threshold", "mirostat", "mirostat_tau", "mirostat_eta", "dry_multiplier",
			"dry_base",
			"dry_allowed_length", "dry_penalty_last_n", "dry_sequence_breakers", "repeat_penalty", "repeat_last_n",
			"min_tokens", "ignore_eos", "allowed_token_ids", "banned_token_ids", "modalities", "audio", "user",
			"metadata", "store", "service_tier"})
	void takesNullForTheDefault(String field) {
		assertThat(with(", \"%s\": null".formatted(field))).isEqualTo(with(""));
	}

	@Test
	void takesTheEndUserForTheTenant() {
		assertThat(with(", \"user\": \"u1\"").chat().tenant()).isEqualTo("u1");
		assertThat(with(", \"user\": \"u1\", \"safety_identifier\": \"s1\"").chat().tenant()).isEqualTo("s1");
	}

	@ParameterizedTest
	@ValueSource(strings = {"\"metadata\": {\"a\": \"b\"}", "\"store\": false",
			"\"service_tier\": \"auto\"",
			"\"reasoning_effort\": \"low\"", "\"verbosity\": \"low\"", "\"prediction\": {\"type\": \"content\"}",
			"\"tool_choice\": \"none\"", "\"parallel_tool_calls\": true", "\"tools\": []", "\"functions\": []",
			"\"response_format\": {\"type\": \"text\"}", "\"modalities\": [\"text\"]", "\"logprobs\": false",
			"\"n\": 1", "\"something_new\": [1, {}]", "\"stop\": []"})
	void ignoresWhatDoesNotChangeTheReply(String field) {
		assertThat(with(", " + field)).isEqualTo(with(""));
	}

	@Test
	void prefersMaxCompletionTokensToItsOlderName() {
		assertThat(with(", \"max_tokens\": 5").chat().maxCompletionTokens()).isEqualTo(5);
		assertThat(with(", \"max_tokens\": 5, \"max_completion_tokens\": 6").chat().maxCompletionTokens()).isEqualTo(6);
	}

	@Test
	void takesTopPOfZeroForTheMostLikelyTokenAlone() {
		assertThat(with(", \"top_p\": 0").chat().sampling().truncation().topP()).isPositive().isLessThan(1e-30f);
	}

	@Test
	void readsOneStopSequenceOrSeveral() {
		assertThat(with(", \"stop\": \"END\"").chat().stopSequences()).containsExactly("END");
		assertThat(with(", \"stop\": [\"a\", \"b\"]").chat().stopSequences()).containsExactly("a", "b");
	}

	@Test
	void readsStreamOptions() {
		var request = with(", \"stream\": true, \"stream_options\": {\"include_usage\": true}");

		assertThat(request.stream()).isTrue();
		assertThat(request.includeUsage()).isTrue();
	}

	@ParameterizedTest
	@MethodSource
	void readsWhatTheReplyMustLookLike(String field, OutputConstraint constraint) {
		assertThat(with(", " + field).chat().constraint()).isEqualTo(constraint);
	}

	static List<Arguments> readsWhatTheReplyMustLookLike() {
		return List.of(
				Arguments.of("\"response_format\": {\"type\": \"json_object\"}", new OutputConstraint.JsonObject()),
				Arguments.of(
						"\"response_format\": {\"type\": \"json_schema\", \"json_schema\": {\"name\": \"n\", \"strict\": true, \"schema\": {\"minimum\": 0.10}}}",
						new OutputConstraint.JsonSchema("{\"minimum\":0.1}")),
				Arguments.of("\"guided_json\": {\"type\": \"null\"}",
						new OutputConstraint.JsonSchema("{\"type\":\"null\"}")),
				Arguments.of("\"guided_json\": \"{ }\"", new OutputConstraint.JsonSchema("{ }")),
				Arguments.of("\"json_schema\": true", new OutputConstraint.JsonSchema("true")),
				Arguments.of("\"guided_regex\": \"a|b\"", new OutputConstraint.Regex("a|b")),
				Arguments.of("\"guided_choice\": [\"a\", \"b\"]", new OutputConstraint.Choice(List.of("a", "b"))),
				Arguments.of("\"guided_grammar\": \"root ::= r\"", new OutputConstraint.Grammar("root ::= r")),
				Arguments.of("\"grammar\": \"root ::= r\", \"response_format\": {\"type\": \"text\"}",
						new OutputConstraint.Grammar("root ::= r")));
	}

	@Test
	void readsEveryRole() {
		var request = parse("""
			{"model": "llama", "messages": [{"role": "developer", "content": "d"},
			{"role": "assistant", "content": "a", "tool_calls": [], "refusal": null},
			{"role": "system", "content": "", "name": "x"}]}""");

		assertThat(request.chat().messages()).containsExactly(new Message(Role.SYSTEM, "d"),
				new Message(Role.ASSISTANT, "a"), new Message(Role.SYSTEM, ""));
	}

	@Test
	void joinsTextPartsAsLines() {
		var request = parse("""
			{"model": "llama", "messages": [{"role": "user", "content": [
			{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]}]}""");

		assertThat(request.chat().messages()).containsExactly(new Message(Role.USER, "one\ntwo"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		"max_tokens": 0                     | max_tokens            | 'max_tokens' must be 1 or more, but is 0.
		"max_completion_tokens": -1         | max_completion_tokens | 'max_completion_tokens' must be 1 or more, but is -1.
		"max_tokens": "5"                   | max_tokens            | 'max_tokens' must be a 32-bit integer, but is a string.
		"max_tokens": 1.5                   | max_tokens            | 'max_tokens' must be a 32-bit integer, but is a number with a fraction.
		"max_tokens": 2147483648            | max_tokens            | 'max_tokens' must be a 32-bit integer, but is out of range.
		"seed": 9223372036854775808         | seed                  | 'seed' must be a 64-bit integer, but is out of range.
		"temperature": 2.5                  | temperature           | 'temperature' must be between 0 and 2, but is 2.5.
		"temperature": 1e999                | temperature           | 'temperature' must be between 0 and 2, but is Infinity.
		"temperature": "1"                  | temperature           | 'temperature' must be a number, but is a string.
		"temperature": true                 | temperature           | 'temperature' must be a number, but is a boolean.
		"top_p": -0.1                       | top_p                 | 'top_p' must be above 0 and at most 1, but is -0.1.
		"top_k": -1                         | top_k                 | 'top_k' must be 0 or more, but is -1.
		"min_p": 2                          | min_p                 | 'min_p' must be between 0 and 1, but is 2.0.
		"repetition_penalty": 0             | repetition_penalty    | 'repetition_penalty' must be above 0 and at most 10, but is 0.0.
		"presence_penalty": 3               | presence_penalty      | 'presence_penalty' must be between -2 and 2, but is 3.0.
		"frequency_penalty": {}             | frequency_penalty     | 'frequency_penalty' must be a number, but is an object.
		"logit_bias": {"a": 1}              | logit_bias            | 'logit_bias' must have token ids as keys.
		"logit_bias": {"-5": 1}             | logit_bias            | 'logit_bias' must have token ids as keys.
		"logit_bias": {"5": 101}            | logit_bias            | 'logit_bias' must be between -100 and 100, but is 101.0.
		"logit_bias": {"5": "1"}            | logit_bias.5          | 'logit_bias.5' must be a number, but is a string.
		"logit_bias": [[5, 1]]              | logit_bias            | 'logit_bias' must be an object, but is an array.
		"stop": ""                          | stop                  | 'stop' must hold sequences of 1 to 256 characters, but one has 0.
		"stop": ["a", 5]                    | stop[1]               | 'stop[1]' must be a string, but is a number.
		"stop": 5                           | stop                  | 'stop' must be an array, but is a number.
		"stream": "true"                    | stream                | 'stream' must be a boolean, but is a string.
		"stream_options": true              | stream_options        | 'stream_options' must be an object, but is a boolean.
		"stream_options": {"include_usage": 1} | stream_options.include_usage | 'stream_options.include_usage' must be a boolean, but is a number.
		"n": 17                             | n                     | 'n' must be between 1 and 16, but is 17.
		"n": 0                              | n                     | 'n' must be between 1 and 16, but is 0.
		"n": 3, "best_of": 2                | best_of               | 'best_of' must be 'n' or more, but is 2 with 'n' 3.
		"best_of": 17                       | best_of               | 'best_of' must be between 1 and 16, but is 17.
		"best_of": 2, "stream": true        | best_of               | 'best_of' must be absent from a streamed request: the best are known at the end.
		"functions": [{}]                   | functions             | 'functions' must be absent: give 'tools' instead.
		"function_call": {"name": "f"}      | function_call         | 'function_call' must be absent: give 'tool_choice' instead.
		"logprobs": 1                       | logprobs              | 'logprobs' must be a boolean, but is a number.
		"top_logprobs": 3                   | top_logprobs          | 'top_logprobs' must be absent unless 'logprobs' is true.
		"logprobs": false, "top_logprobs": 0 | top_logprobs         | 'top_logprobs' must be absent unless 'logprobs' is true.
		"logprobs": true, "top_logprobs": 21 | top_logprobs         | 'top_logprobs' must be between 0 and 20, but is 21.
		"typical_p": 0                      | typical_p             | 'typical_p' must be above 0 and at most 1, but is 0.0.
		"top_n_sigma": 101                  | top_n_sigma           | 'top_n_sigma' must be between 0 and 100, but is 101.0.
		"xtc_probability": 1.5              | xtc_probability       | 'xtc_probability' must be between 0 and 1, but is 1.5.
		"xtc_threshold": -0.1               | xtc_threshold         | 'xtc_threshold' must be between 0 and 1, but is -0.1.
		"dry_multiplier": -1                | dry_multiplier        | 'dry_multiplier' must be between 0 and 100, but is -1.0.
		"dry_base": 0.5                     | dry_base              | 'dry_base' must be between 1 and 10, but is 0.5.
		"dry_allowed_length": 0             | dry_allowed_length    | 'dry_allowed_length' must be between 1 and 1024, but is 0.
		"dry_penalty_last_n": 8193          | dry_penalty_last_n    | 'dry_penalty_last_n' must be between 0 and 8192, but is 8193.
		"dry_sequence_breakers": [""]       | dry_sequence_breakers | 'dry_sequence_breakers' must hold texts of 1 to 64 characters, but one has 0.
		"dry_sequence_breakers": [5]        | dry_sequence_breakers[0] | 'dry_sequence_breakers[0]' must be a string, but is a number.
		"mirostat": 1                       | mirostat              | 'mirostat' must be 0 (off) or 2, but is 1.
		"mirostat_tau": 0                   | mirostat_tau          | 'mirostat_tau' must be above 0 and at most 100, but is 0.0.
		"mirostat_eta": 2                   | mirostat_eta          | 'mirostat_eta' must be above 0 and at most 1, but is 2.0.
		"repeat_last_n": -2                 | repeat_last_n         | 'repeat_last_n' must be between 0 and 32768, but is -2.
		"repeat_penalty": 0                 | repetition_penalty    | 'repetition_penalty' must be above 0 and at most 10, but is 0.0.
		"min_tokens": -1                    | min_tokens            | 'min_tokens' must be 0 or more, but is -1.
		"ignore_eos": 1                     | ignore_eos            | 'ignore_eos' must be a boolean, but is a number.
		"allowed_token_ids": []             | allowed_token_ids     | 'allowed_token_ids' must hold at least one token id, but holds none.
		"allowed_token_ids": [1, "2"]       | allowed_token_ids[1]  | 'allowed_token_ids[1]' must be a 32-bit integer, but is a string.
		"banned_token_ids": [-1]            | banned_token_ids      | 'banned_token_ids' must hold token ids of 0 or more, but one is -1.
		"banned_token_ids": [2147483648]    | banned_token_ids[0]   | 'banned_token_ids[0]' must be a 32-bit integer, but is out of range.
		"priority": -1001                   | priority              | 'priority' must be between -1000 and 1000, but is -1001.
		"priority": -2147483648             | priority              | 'priority' must be between -1000 and 1000, but is -2147483648.
		"cache_salt": ""                    | cache_salt            | 'cache_salt' must have 1 to 128 characters, but has 0.
		"response_format": {"type": "xml"}  | response_format.type  | 'response_format.type' must be one of text, json_object and json_schema.
		"response_format": {"type": "json_schema"} | response_format.json_schema | 'response_format.json_schema' is required.
		"response_format": {"type": "json_schema", "json_schema": {"name": "n"}} | response_format.json_schema.schema | 'response_format.json_schema.schema' is required.
		"response_format": {"type": "json_schema", "json_schema": {"schema": []}} | response_format.json_schema.schema | 'response_format.json_schema.schema' must be a schema, but is an array.
		"guided_json": 5                    | guided_json           | 'guided_json' must be a schema, but is a number.
		"guided_regex": []                  | guided_regex          | 'guided_regex' must be a string, but is an array.
		"guided_choice": []                 | guided_choice         | 'guided_choice' must hold 1 to 10000 texts, but holds 0.
		"guided_choice": ["a", 1]           | guided_choice[1]      | 'guided_choice[1]' must be a string, but is a number.
		"grammar": {}                       | grammar               | 'grammar' must be a string, but is an object.
		"json_schema": "{}"                 | json_schema           | 'json_schema' must be a schema, but is a string.
		"guided_regex": "a", "grammar": "root ::= r" | grammar  | 'grammar' must be absent, for 'guided_regex' already says what the reply must look like.
		"response_format": {}               | response_format.type  | 'response_format.type' is required.
		"modalities": ["text", "audio"]     | modalities            | 'modalities' must be ["text"]: this server gives no other output.
		"audio": {}                         | audio                 | 'audio' must be absent: this server gives no other output than text.
		""")
	void refusesAFieldByName(String field, String param, String message) {
		assertRefused("{%s, %s}".formatted(HI, field), param, message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		{"messages": [{"role": "user", "content": "hi"}]}                  | model                       | 'model' is required.
		{"model": null, "messages": [{"role": "user", "content": "hi"}]}   | model                       | 'model' is required.
		{"model": 5, "messages": [{"role": "user", "content": "hi"}]}      | model                       | 'model' must be a string, but is a number.
		{"model": "m"}                                                     | messages                    | 'messages' is required.
		{"model": "m", "messages": []}                                     | messages                    | 'messages' must hold 1 to 3 messages, but holds 0.
		{"model": "m", "messages": [{}, {}, {}, {}]}                       | messages                    | 'messages' must hold 1 to 3 messages, but holds 4.
		{"model": "m", "messages": {"role": "user"}}                       | messages                    | 'messages' must be an array, but is an object.
		{"model": "m", "messages": ["hi"]}                                 | messages[0]                 | 'messages[0]' must be an object, but is a string.
		{"model": "m", "messages": [null]}                                 | messages[0]                 | 'messages[0]' must be an object, but is null.
		{"model": "m", "messages": [{"content": "hi"}]}                    | messages[0].role            | 'messages[0].role' is required.
		{"model": "m", "messages": [{"role": 1, "content": "hi"}]}         | messages[0].role            | 'messages[0].role' must be a string, but is a number.
		{"model": "m", "messages": [{"role": "other", "content": "hi"}]}   | messages[0].role            | 'messages[0].role' must be one of system, developer, user, assistant and tool.
		{"model": "m", "messages": [{"role": "user"}]}                     | messages[0].content         | 'messages[0].content' is required.
		{"model": "m", "messages": [{"role": "assistant", "content": null}]} | messages[0].content       | 'messages[0].content' is required.
		{"model": "m", "messages": [{"role": "user", "content": 5}]}       | messages[0].content         | 'messages[0].content' must be an array, but is a number.
		{"model": "m", "messages": [{"role": "user", "content": []}]}      | messages[0].content         | 'messages[0].content' must hold at least one part.
		{"model": "m", "messages": [{"role": "user", "content": ["hi"]}]}  | messages[0].content[0]      | 'messages[0].content[0]' must be an object, but is a string.
		{"model": "m", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]} | messages[0].content[0].type | 'messages[0].content[0].type' must be text: this server takes no other content.
		{"model": "m", "messages": [{"role": "user", "content": [{"type": "text"}]}]} | messages[0].content[0].text | 'messages[0].content[0].text' is required.
		""")
	void refusesARequestByTheFieldAtFault(String body, String param, String message) {
		assertRefused(body, param, message);
	}

	@Test
	void boundsStopSequencesAndLogitBiases() {
		var manyStops = IntStream.range(0, 17).mapToObj("\"%d\""::formatted).collect(Collectors.joining(","));
		var manyBiases = IntStream.range(0, 301).mapToObj("\"%d\":1"::formatted).collect(Collectors.joining(","));

		assertRefused("{%s, \"stop\": [%s]}".formatted(HI, manyStops), "stop",
				"'stop' may hold at most 16 sequences, but holds 17.");
		var manyTokens = IntStream.range(0, 4097).mapToObj(Integer::toString).collect(Collectors.joining(","));
		assertRefused("{%s, \"banned_token_ids\": [%s]}".formatted(HI, manyTokens), "banned_token_ids",
				"'banned_token_ids' may hold at most 4096 token ids, but holds 4097.");
		assertRefused("{%s, \"stop\": \"%s\"}".formatted(HI, "x".repeat(257)), "stop",
				"'stop' must hold sequences of 1 to 256 characters, but one has 257.");
		assertRefused("{%s, \"logit_bias\": {%s}}".formatted(HI, manyBiases), "logit_bias",
				"'logit_bias' may hold at most 300 entries, but holds 301.");
	}

	@Test
	void refusesNumbersTooLongForAnyType() {
		var huge = "9".repeat(400);

		assertRefused("{%s, \"temperature\": %s}".formatted(HI, huge), "temperature",
				"'temperature' must be between 0 and 2, but is Infinity.");
		assertRefused("{%s, \"seed\": %s}".formatted(HI, huge), "seed",
				"'seed' must be a 64-bit integer, but is out of range.");
	}

	@Test
	void readsHowTheConversationIsToBeWritten() {
		var request = parse("""
			{"model":"llama","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"Oh"}],
			"continue_final_message":true,"prompt_cache_key":"k",
			"chat_template_kwargs":{"enable_thinking":false,"effort":"low","budget":5,"share":0.5,"none":null}}""");

		assertThat(request.chat().rendering()).isEqualTo(new RenderOptions(true,
				Map.of("enable_thinking", false, "effort", "low", "budget", 5L, "share", 0.5)));
		assertThat(request.chat().cacheKey()).isEqualTo("k");
		assertThat(with("").chat().rendering()).isEqualTo(RenderOptions.NONE);
	}

	@Test
	void knowsEveryFieldOfTheApi() {
		var names = List.of("metadata", "top_logprobs", "temperature", "top_p", "user", "safety_identifier",
				"prompt_cache_key", "prompt_cache_retention", "prompt_cache_options", "service_tier", "modalities",
				"verbosity", "reasoning_effort", "max_completion_tokens", "frequency_penalty", "presence_penalty",
				"web_search_options", "response_format", "audio", "store", "moderation", "stream", "stop", "logit_bias",
				"logprobs", "max_tokens", "n", "prediction", "seed", "stream_options", "tools", "tool_choice",
				"parallel_tool_calls", "function_call", "functions");
		var body = names.stream().map(", \"%s\": null"::formatted).collect(Collectors.joining());
		var fields = JsonFields.ofBody(Json.read("{%s%s, \"other\": 1}".formatted(HI, body)
				.getBytes(StandardCharsets.UTF_8)));

		parser.parse(fields);

		assertThat(fields.unread()).containsExactly("other");
	}

	@Test
	void takesHintsWithoutEffect() {
		var request = with(
				"""
					, "metadata": {"a": "b"}, "store": false, "service_tier": "flex", "verbosity": "low", "reasoning_effort": "high",
					"prediction": {"type": "content", "content": "x"}, "prompt_cache_retention": "24h"
					""");

		assertThat(request).isEqualTo(with(""));
	}

	@Test
	void keepsWhatIsToBeStoredWithItsMetadata() {
		assertThat(with(", \"store\": true, \"metadata\": {\"a\": \"b\"}").kept()).isEqualTo(Map.of("a", "b"));
		assertThat(with(", \"store\": true").kept()).isEmpty();
		assertThat(with(", \"metadata\": {\"a\": \"b\"}").kept()).isNull();
	}

	@ParameterizedTest
	@EnumSource(WindowPolicy.class)
	void takesPoliciesOfTheWindowThatNeedNoStoredConversation(WindowPolicy policy) {
		var field = ", \"context_window\": \"%s\"".formatted(policy.id());

		if (policy.summarises()) {
			assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> with(field)).withMessage(
					"'context_window' must not be %s here: its summaries are kept with a stored conversation."
							.formatted(policy.id()));
		} else {
			assertThat(with(field).chat().window()).isEqualTo(policy);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		"continue_final_message": true                                     | continue_final_message
		"add_generation_prompt": false                                     | add_generation_prompt
		"chat_template": "x"                                               | chat_template
		"chat_template_kwargs": {"a": []}                                  | chat_template_kwargs.a
		"chat_template_kwargs": {"messages": 1}                            | chat_template_kwargs
		"chat_template_kwargs": 5                                          | chat_template_kwargs
		"context_window": "sliding"                                        | context_window
		"web_search_options": {}                                           | web_search_options
		"moderation": {"model": "m"}                                       | moderation
		"metadata": {"a": 1}                                               | metadata.a
		"store": "yes"                                                     | store
		""")
	void refusesNamingTheField(String field, String param) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> with(", " + field))
				.satisfies(failure -> assertThat(failure.parameter()).isEqualTo(param));
	}

	@Test
	void boundsMetadataAsTheApiDoes() {
		var many = IntStream.range(0, 17).mapToObj("\"k%d\": \"v\""::formatted).collect(Collectors.joining(","));

		assertRefused("{%s, \"metadata\": {%s}}".formatted(HI, many), "metadata",
				"'metadata' may hold at most 16 entries, but holds 17.");
		assertRefused("{%s, \"metadata\": {\"k\": \"%s\"}}".formatted(HI, "v".repeat(513)), "metadata",
				"'metadata' must have names of at most 64 and texts of at most 512 characters.");
	}

	private void assertRefused(String body, String param, String message) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> parse(body)).withMessage(message)
				.satisfies(failure -> assertThat(failure.parameter()).isEqualTo(param));
	}

	private ChatCompletionRequest with(String fields) {
		return parse("{%s%s}".formatted(HI, fields));
	}

	private ChatCompletionRequest parse(String body) {
		return parser.parse(JsonFields.ofBody(Json.read(body.getBytes(StandardCharsets.UTF_8))));
	}

}
