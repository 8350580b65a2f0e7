package dev.corral.llamacpp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InfillTokens;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;
import dev.corral.llamacpp.internal.Vocabulary;

/**
 * Tokenizes prompts. Plain text is given to the vocabulary in runs as long as possible, since some vocabularies put a space in
 * front of each run; a run ends only at a control token.
 */
final class VocabularyTokenizer implements Tokenizer {

	private final Vocabulary vocabulary;

	/** Any control token's name, longer names first; {@code null} if the vocabulary has none. */
	private final @Nullable Pattern controlTokens;

	private final Map<Integer, byte[]> controlNames = new HashMap<>();

	VocabularyTokenizer(Vocabulary vocabulary) {
		this.vocabulary = vocabulary;
		vocabulary.controlTokens()
				.forEach((name, token) -> controlNames.put(token, name.getBytes(StandardCharsets.UTF_8)));
		var names = vocabulary.controlTokens()
				.keySet()
				.stream()
				.filter(name -> !name.isEmpty())
				.sorted(Comparator.comparingInt(String::length).reversed())
				.map(Pattern::quote)
				.collect(Collectors.joining("|"));
		controlTokens = names.isEmpty() ? null : Pattern.compile(names);
	}

	@Override
	public List<Integer> tokenize(List<PromptSegment> segments, boolean bos) {
		var tokens = new ArrayList<Integer>();
		var plain = new StringBuilder();
		for (var segment : segments) {
			if (segment.fromTemplate() && controlTokens != null) {
				appendTemplate(segment.text(), controlTokens, plain, tokens);
			} else {
				plain.append(segment.text());
			}
		}
		flush(plain, tokens);
		int beginOfSequence = vocabulary.beginOfSequence();
		if (bos && beginOfSequence >= 0 && (tokens.isEmpty() || tokens.getFirst() != beginOfSequence)) {
			tokens.addFirst(beginOfSequence);
		}
		return tokens;
	}

	@Override
	public List<Integer> tokenizeWhole(String text) {
		var tokens = new ArrayList<>(tokenize(List.of(PromptSegment.typed(text)), true));
		int endOfSequence = vocabulary.endOfSequence();
		if (endOfSequence >= 0) {
			tokens.add(endOfSequence);
		}
		return tokens;
	}

	@Override
	public @Nullable InfillTokens infillTokens() {
		return vocabulary.infillTokens();
	}

	private void appendTemplate(String text, Pattern names, StringBuilder plain, List<Integer> tokens) {
		var matcher = names.matcher(text);
		int end = 0;
		while (matcher.find()) {
			plain.append(text, end, matcher.start());
			flush(plain, tokens);
			tokens.add(vocabulary.controlTokens().get(matcher.group()));
			end = matcher.end();
		}
		plain.append(text, end, text.length());
	}

	private void flush(StringBuilder plain, List<Integer> tokens) {
		for (int token : vocabulary.tokenize(plain.toString())) {
			tokens.add(token);
		}
		plain.setLength(0);
	}

	@Override
	public String detokenize(List<Integer> tokens) {
		var bytes = new ByteArrayOutputStream();
		tokens.forEach(token -> bytes.writeBytes(vocabulary.piece(token)));
		return bytes.toString(StandardCharsets.UTF_8);
	}

	@Override
	public byte[] piece(int token) {
		var name = controlNames.get(token);
		return name == null ? vocabulary.piece(token).clone() : name.clone();
	}

}
