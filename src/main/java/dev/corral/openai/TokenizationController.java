package dev.corral.openai;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.ChatGeneration;
import dev.corral.generation.Vocabularies;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/**
 * {@code POST /tokenize} and {@code POST /detokenize}, in the shapes of llama-server (tools/server/README.md) and of vLLM
 * (vllm/entrypoints/serve/tokenize/protocol.py): a text in {@code content} is the former's, one in {@code prompt} or {@code messages} the
 * latter's. Names of control tokens are text unless {@code parse_special} says otherwise.
 */
@RestController
class TokenizationController {

	private final RequestBody body;

	private final UnknownFields unknown;

	private final DefaultModel model;

	private final ChatCompletionParser parser;

	private final ChatGeneration generation;

	private final Vocabularies vocabularies;

	TokenizationController(RequestBody body, UnknownFields unknown, DefaultModel model, ChatCompletionParser parser,
			ChatGeneration generation, Vocabularies vocabularies) {
		this.body = body;
		this.unknown = unknown;
		this.model = model;
		this.parser = parser;
		this.generation = generation;
		this.vocabularies = vocabularies;
	}

	@PostMapping(path = "/tokenize", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> tokenize(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).flatMap(fields -> unknown.reading("/tokenize", fields, this::tokens))
				.flatMap(tokens -> JsonResponse.write(exchange.getResponse(), tokens));
	}

	private Mono<Object> tokens(JsonFields fields) {
		if (fields.has("content")) {
			return tokensOfContent(fields);
		}
		return fields.has("prompt") ? tokensOfPrompt(fields) : tokensOfMessages(fields);
	}

	private Mono<Object> tokensOfContent(JsonFields fields) {
		var text = new PromptSegment(fields.requiredString("content"), fields.flag("parse_special"));
		boolean special = fields.flag("add_special");
		boolean pieces = fields.flag("with_pieces");
		return vocabularies.use(model.of(fields), (vocabulary, _) -> {
			var tokens = vocabulary.tokenize(List.of(text), special);
			return new Tokens(pieces ? tokens.stream().map(token -> Piece.of(token, vocabulary)).toList() : tokens);
		});
	}

	private Mono<Object> tokensOfPrompt(JsonFields fields) {
		var text = new PromptSegment(fields.requiredString("prompt"), fields.flag("parse_special"));
		boolean special = fields.flag("add_special_tokens", true);
		boolean texts = fields.flag("return_token_strs");
		return vocabularies.use(model.of(fields), (vocabulary, info) -> CountedTokens
				.of(vocabulary.tokenize(List.of(text), special), info.contextTokens(), texts, vocabulary));
	}

	/** The template decides about special tokens. */
	private Mono<Object> tokensOfMessages(JsonFields fields) {
		var chat = parser.parse(fields, model.of(fields)).chat();
		fields.accept("add_special_tokens");
		boolean texts = fields.flag("return_token_strs");
		return generation.render(chat).flatMap(prompt -> vocabularies.use(chat.model(),
				(vocabulary, _) -> CountedTokens.of(prompt.tokens(), prompt.contextTokens(), texts, vocabulary)));
	}

	@PostMapping(path = "/detokenize", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> detokenize(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.flatMap(fields -> unknown.reading("/detokenize", fields, this::text))
				.flatMap(text -> JsonResponse.write(exchange.getResponse(), text));
	}

	private Mono<Text> text(JsonFields fields) {
		var tokens = fields.requiredIntegers("tokens");
		return vocabularies.use(model.of(fields), (vocabulary, info) -> {
			var bytes = new ByteArrayOutputStream();
			for (int token : tokens) {
				if (token < 0 || token >= info.vocabularyTokens()) {
					throw new InvalidParameter("tokens", "must hold token ids of 0 to %d, but one is %d"
							.formatted(info.vocabularyTokens() - 1, token));
				}
				bytes.writeBytes(vocabulary.piece(token));
			}
			var text = bytes.toString(StandardCharsets.UTF_8);
			return new Text(text, text);
		});
	}

	/** What llama-server answers: ids, or {@link Piece pieces} if they are asked for. */
	record Tokens(List<?> tokens) {
	}

	/** @param piece a text, or an array of bytes if it is none */
	record Piece(int id, Object piece) {

		static Piece of(int token, Tokenizer vocabulary) {
			var bytes = vocabulary.piece(token);
			try {
				return new Piece(token, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
			} catch (CharacterCodingException notText) {
				var unsigned = new int[bytes.length];
				for (int i = 0; i < bytes.length; i++) {
					unsigned[i] = Byte.toUnsignedInt(bytes[i]);
				}
				return new Piece(token, unsigned);
			}
		}

	}

	/**
	 * What vLLM answers.
	 *
	 * @param tokenStrs the text of each token, U+FFFD standing for parts of characters; {@code null} unless asked for
	 */
	record CountedTokens(int count, int maxModelLen, List<Integer> tokens, @Nullable List<String> tokenStrs) {

		static CountedTokens of(List<Integer> tokens, int contextTokens, boolean texts, Tokenizer vocabulary) {
			var strings = texts
					? tokens.stream().map(token -> new String(vocabulary.piece(token), StandardCharsets.UTF_8)).toList()
					: null;
			return new CountedTokens(tokens.size(), contextTokens, tokens, strings);
		}

	}

	/**
	 * The same text under the names that both servers have for it.
	 *
	 * @param content llama-server's
	 * @param prompt vLLM's
	 */
	record Text(String content, String prompt) {
	}

}
