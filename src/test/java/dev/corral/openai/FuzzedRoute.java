package dev.corral.openai;

import java.util.List;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * A route that takes a body, for tests that send it malformed ones.
 *
 * @param path with {@code MODEL}, {@code CONVERSATION}, {@code QUESTION} and {@code REPLY} where the ids of such go
 * @param bodies valid ones, with {@code MODEL} where the model's name goes
 * @param isError whether a body is an error of this API
 */
public record FuzzedRoute(String method, String path, List<String> bodies, Predicate<JsonNode> isError) {

	/** Also the form of what is wrong with the HTTP itself, wherever it was to go. */
	static final Predicate<JsonNode> OPENAI = body -> body.propertyNames().size() == 1
			&& List.copyOf(body.path("error").propertyNames()).equals(List.of("message", "type", "param", "code"))
			&& body.at("/error/message").isString() && body.at("/error/type").isString();

	private static final Predicate<JsonNode> ANTHROPIC = body -> body.path("type").stringValue("").equals("error")
			&& body.at("/error/type").isString() && body.at("/error/message").isString()
			&& body.path("request_id").isString();

	private static final Predicate<JsonNode> OLLAMA = body -> List.copyOf(body.propertyNames()).equals(List.of("error"))
			&& body.path("error").isString();

	private static final String HOW = "\"model\":\"MODEL\",\"max_tokens\":2,\"temperature\":0.5,\"top_p\":0.9,\"top_k\":4,\"min_p\":0.1,\"presence_penalty\":1,"
			+ "\"frequency_penalty\":-1,\"repetition_penalty\":1.1,\"seed\":7,\"stop\":[\"x\"],\"window\":\"rolling\"";

	public static final List<String> RESPONSES = List.of(
			"""
				{"model":"MODEL","max_output_tokens":2,"input":"hi","instructions":"Be brief.","metadata":{"a":"b"},"truncation":"auto","store":true,\
				"user":"u","include":[],"top_logprobs":0}""",
			"""
				{"model":"MODEL","max_output_tokens":2,"stream":true,"store":false,"temperature":0.5,"top_p":0.9,"top_k":4,"min_p":0.1,"presence_penalty":1,\
				"frequency_penalty":-1,"repetition_penalty":1.1,"seed":3,"stop":["x"],"context_window":"rolling","safety_identifier":"s",\
				"text":{"format":{"type":"json_schema","name":"n","description":"d","strict":true,"schema":{"type":"object","properties":{"k":{"type":"integer"}}}}},\
				"input":[{"role":"system","content":"s"},{"type":"message","role":"user","content":[{"type":"input_text","text":"hé"}]}]}""",
			"""
				{"model":"MODEL","max_output_tokens":4,"background":true,"parallel_tool_calls":false,"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]},\
				"tools":[{"type":"function","name":"f","description":"d","strict":true,"parameters":{"type":"object","properties":{"k":{"type":"integer"}}}}],\
				"input":[{"role":"user","content":"hi"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},\
				{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"1"}]}]}""");

	/** Beside those of {@link #RESPONSES}, for nothing is stored that these could go on with. */
	public static final List<String> UNFINDABLE_RESPONSES = List.of(
			"{\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_0190c5f0aaaa7bbb8cccddddeeeeffff\"}],\"previous_response_id\":\"resp_0190c5f0aaaa7bbb8cccddddeeeeffff\"}",
			"{\"input\":\"hi\",\"conversation\":{\"id\":\"conv_0190c5f0aaaa7bbb8cccddddeeeeffff\"},\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"}}");

	private static final String ITEMS = """
		{"items":[{"role":"user","content":"hi"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},\
		{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"1"}]},\
		{"role":"assistant","content":[{"type":"output_text","text":"a"}]},{"type":"item_reference","id":"msg_0190c5f0aaaa7bbb8cccddddeeeeffff"}]}""";

	private static final List<String> CHATS = List.of(
			"""
				{"model":"MODEL","max_tokens":2,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hi"}]}""",
			"""
				{"model":"MODEL","max_completion_tokens":2,"stream":true,"stream_options":{"include_usage":true},"n":2,"seed":1,"stop":["x","yy"],\
				"messages":[{"role":"user","content":[{"type":"text","text":"hé 😀"}]},{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}""",
			"""
				{"model":"MODEL","max_tokens":2,"temperature":0.5,"top_p":0.9,"top_k":4,"min_p":0.1,"logprobs":true,"top_logprobs":3,\
				"logit_bias":{"5":-100,"7":1.5},"presence_penalty":1,"frequency_penalty":-1,"repetition_penalty":1.1,"dry_multiplier":0.8,\
				"dry_sequence_breakers":["\\n"],"mirostat":2,"banned_token_ids":[3,4],"priority":3,"cache_salt":"s","user":"u",\
				"messages":[{"role":"user","content":"hi","name":"n"}]}""",
			"""
				{"model":"MODEL","max_tokens":4,"best_of":2,"response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,\
				"schema":{"type":"object","properties":{"k":{"type":"integer","minimum":1},"l":{"enum":["a",null]}},"required":["k"],"additionalProperties":false}}},\
				"messages":[{"role":"user","content":"hi"}]}""",
			"""
				{"model":"MODEL","max_tokens":4,"tools":[{"type":"function","function":{"name":"f"}}],"response_format":{"type":"json_object"},\
				"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}},\
				"messages":[{"role":"user","content":"hi"}]}""",
			"""
				{"model":"MODEL","max_tokens":4,"guided_regex":"(a|b){2,4}[^c]","messages":[{"role":"user","content":"hi"}]}""",
			"""
				{"model":"MODEL","max_tokens":4,"response_format":{"type":"json_object","schema":{"const":"42"}},"add_generation_prompt":true,\
				"messages":[{"role":"user","content":"hi"}]}""",
			"""
				{"model":"MODEL","max_tokens":4,"grammar":"root ::= \\"a\\" | [b-c]+","messages":[{"role":"user","content":"hi"}]}""",
			"""
				{"model":"MODEL","max_tokens":4,"stop_token_ids":[7],"tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":false,\
				"tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,"parameters":{"type":"object","properties":{"k":{"type":"integer"}}}}}],\
				"messages":[{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},\
				{"role":"tool","tool_call_id":"c","content":"1"}]}""");

	private FuzzedRoute(String path, List<String> bodies, Predicate<JsonNode> isError) {
		this("POST", path, bodies, isError);
	}

	/** The same with the ids of things that there are. */
	FuzzedRoute on(String model, String conversation, String question, String reply) {
		return new FuzzedRoute(method,
				path.replace("MODEL", model).replace("CONVERSATION", conversation).replace("QUESTION", question)
						.replace("REPLY", reply),
				bodies, isError);
	}

	/** All routes. A new one is a line here. */
	static final List<FuzzedRoute> ALL = List.of(new FuzzedRoute("/v1/chat/completions", CHATS, OPENAI),
			new FuzzedRoute("/v1/completions", List.of(
					"""
						{"model":"MODEL","prompt":"hello","max_tokens":2,"echo":true,"logprobs":2,"add_special_tokens":true,"n":2,"seed":1,"stop":["x"]}""",
					"""
						{"model":"MODEL","prompt":["a","b"],"max_tokens":2,"stream":true,"stream_options":{"include_usage":true},"return_token_ids":true,\
						"stop_token_ids":[5],"temperature":0.5,"top_k":4}""",
					"""
						{"model":"MODEL","prompt":[104,105,106],"max_tokens":3,"resumed_tokens":2,"resumed_characters":1,"logprobs":7,"return_tokens_as_token_ids":true,\
						"stream":true,"return_token_ids":true,"slides_cache":true}""",
					"""
						{"model":"MODEL","prompt":[104],"max_tokens":2,"guided_tool_calls":{"openings":[{"text":"","marker":"<t>"}],"calls":[{"parameter":"p","before":"<t>",\
						"schema":"{}","after":"","strict":false}],"separator":"","closing":"","most_calls":2,"freedom":"calls_or_text",\
						"otherwise":{"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":true}}},"control_tokens":["</s>"]}}""",
					"""
						{"model":"MODEL","prompt":[104],"max_tokens":2,"guided_tool_calls":{"openings":[{"text":"","marker":"<t>"}],"calls":[{"parameter":"p","before":"<t>",\
						"schema":"{}","after":""}],"separator":"","closing":"","most_calls":2,"freedom":"calls_or_text","otherwise":{"response_format":{"type":"json_object","schema":true}}}}""",
					"""
						{"model":"MODEL","prompt":[[104,105],[106]],"max_tokens":2,"best_of":2,"return_tokens_as_token_ids":true,"guided_choice":["a","b"]}""",
					"""
						{"model":"MODEL","prompt":"a","max_tokens":2,"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":true}}}""",
					"""
						{"model":"MODEL","prompt":"a","max_tokens":2,"response_format":{"type":"json_object","schema":{"const":1}}}"""),
					OPENAI),
			new FuzzedRoute("/v1/responses", RESPONSES, OPENAI),
			new FuzzedRoute("/v1/responses/input_tokens", RESPONSES, OPENAI),
			new FuzzedRoute("/v1/conversations",
					List.of("""
						{"metadata":{"a":"b"},"items":[{"role":"user","content":"hi"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]}]}""",
							"{}", ITEMS),
					OPENAI),
			new FuzzedRoute("/v1/conversations/conv_CONVERSATION", List.of("{\"metadata\":{\"a\":\"b\"}}"), OPENAI),
			new FuzzedRoute("/v1/conversations/conv_CONVERSATION/items", List.of(ITEMS),
					OPENAI),
			new FuzzedRoute("/v1/chat/completions/chatcmpl-REPLY", List.of("{\"metadata\":{\"a\":\"b\"}}"), OPENAI),
			new FuzzedRoute("/v1/embeddings", List.of("""
				{"model":"MODEL","input":["a","b"],"encoding_format":"base64","dimensions":8,"user":"u"}""", """
				{"model":"MODEL","input":[104,105]}"""), OPENAI),
			new FuzzedRoute("/v1/chat/completions/input_tokens", CHATS, OPENAI),
			new FuzzedRoute("/apply-template", CHATS, OPENAI),
			new FuzzedRoute("/tokenize", List.of("""
				{"model":"MODEL","content":"hello","add_special":true,"parse_special":true,"with_pieces":true}""", """
				{"model":"MODEL","prompt":"hello","add_special_tokens":false,"return_token_strs":true}"""), OPENAI),
			new FuzzedRoute("/tokenize", CHATS, OPENAI),
			new FuzzedRoute("/detokenize", List.of("{\"model\":\"MODEL\",\"tokens\":[104,105]}"), OPENAI),
			new FuzzedRoute("/v1/messages", List.of("""
				{"model":"MODEL","max_tokens":2,"system":"Be brief.","messages":[{"role":"user","content":"hi"}]}""",
					"""
						{"model":"MODEL","max_tokens":2,"stream":true,"system":[{"type":"text","text":"s"}],"stop_sequences":["x"],"top_k":3,\
						"metadata":{"user_id":"u"},"thinking":{"type":"disabled"},"messages":[{"role":"user","content":[{"type":"text","text":"hi"},\
						{"type":"tool_result","tool_use_id":"t","content":"r"}]},{"role":"assistant","content":[{"type":"text","text":"a"}]},\
						{"role":"user","content":"b"}]}""",
					"""
						{"model":"MODEL","max_tokens":2,"temperature":0.5,"tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},\
						"tools":[{"type":"custom","name":"f","description":"d","strict":true,"input_schema":{"type":"object","properties":{"k":{"type":"integer"}}}}],\
						"output_config":{"format":{"type":"json_schema","schema":{"const":1}}},"messages":[{"role":"user","content":"hi"},\
						{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"k":1}},{"type":"thinking","thinking":"x"}]},\
						{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"r"}]}]}]}""",
					"""
						{"model":"MODEL","max_tokens":2,"output_format":{"type":"json_schema","schema":{"const":1}},"messages":[{"role":"user","content":"hi"}]}"""),
					ANTHROPIC),
			new FuzzedRoute("/v1/messages/count_tokens", List.of("""
				{"model":"MODEL","messages":[{"role":"user","content":"hi"}]}"""), ANTHROPIC),
			new FuzzedRoute("/api/chat", List.of(
					"""
						{"model":"MODEL:latest","options":{"num_predict":2,"temperature":0.1,"seed":1,"stop":["x"]},"messages":[{"role":"user","content":"hi"}]}""",
					"""
						{"model":"MODEL","stream":false,"format":"json","options":{"num_predict":3},"messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]}""",
					"""
						{"model":"MODEL","stream":false,"think":false,"logprobs":true,"top_logprobs":2,"options":{"num_predict":3,"dry_sequence_breakers":["x"],"logit_bias":{"5":1}},\
						"tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,"parameters":{"type":"object","properties":{"k":{"type":"integer"}}}}}],\
						"messages":[{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":{"k":1}}}]},\
						{"role":"tool","tool_name":"f","tool_call_id":"c","content":"1"}]}"""),
					OLLAMA),
			new FuzzedRoute("/api/generate", List.of("""
				{"model":"MODEL","prompt":"hi","system":"s","stream":false,"options":{"num_predict":2}}""",
					"""
						{"model":"MODEL","prompt":"hi","raw":true,"stream":false,"logprobs":true,"options":{"num_predict":2}}"""),
					OLLAMA),
			new FuzzedRoute("/api/show", List.of("{\"model\":\"MODEL\"}", "{\"name\":\"MODEL\"}"), OLLAMA),
			new FuzzedRoute("/api/conversations", List.of("{\"model\":\"MODEL\"}",
					"{\"title\":\"t\",\"system\":\"Be brief.\",\"metadata\":{\"a\":\"b\"}," + HOW + "}"), OPENAI),
			new FuzzedRoute("PATCH", "/api/conversations/CONVERSATION", List.of(
					"{\"title\":null,\"system\":\"\",\"pinned\":true,\"archived\":false,\"metadata\":{\"a\":\"b\"},"
							+ HOW + "}",
					"{\"title\":\"t\",\"version\":1,\"temperature\":null}"), OPENAI),
			new FuzzedRoute("/api/conversations/CONVERSATION/messages", List.of("{\"content\":\"hi\"," + HOW + "}",
					"{\"content\":\"hé 😀\",\"max_tokens\":2,\"when_busy\":\"queue\",\"stream\":false,\"truncate\":true,\"parent_id\":null}"),
					OPENAI),
			new FuzzedRoute("/api/conversations/CONVERSATION/branch", List.of("{\"message_id\":\"x\"}"), OPENAI),
			new FuzzedRoute("/api/import?model=MODEL", List.of(
					"{\"id\":\"a\",\"conversations\":[{\"from\":\"human\",\"value\":\"Hello\"},{\"from\":\"gpt\",\"value\":\"Good day\"}]}",
					"[{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"content\":\"Good day\"}]}]"),
					OPENAI),
			new FuzzedRoute("/api/messages/QUESTION/edit", List.of("{\"content\":\"ho\",\"max_tokens\":2}"), OPENAI),
			new FuzzedRoute("/api/messages/QUESTION/regenerate", List.of("{\"max_tokens\":2,\"stream\":false}"),
					OPENAI),
			new FuzzedRoute("PUT", "/api/messages/REPLY/feedback",
					List.of("{\"rating\":\"up\",\"reason\":\"r\"}"), OPENAI),
			new FuzzedRoute("/api/replies/REPLY/continue", List.of("{\"max_tokens\":2,\"stream\":false}"), OPENAI),
			new FuzzedRoute("/api/session", List.of("{\"key\":\"k\"}"), OPENAI),
			new FuzzedRoute("/api/keys", List.of("{\"name\":\"n\"}",
					"{\"name\":\"m\",\"owner\":\"o\",\"role\":\"admin\",\"models\":[\"MODEL\"],\"expires_at\":\"2100-01-31T12:00:00Z\",\"limits\":{\"requests_per_minute\":1,\"tokens_per_minute\":1,\"concurrent_replies\":1,\"daily_tokens\":1}}"),
					OPENAI));

}
