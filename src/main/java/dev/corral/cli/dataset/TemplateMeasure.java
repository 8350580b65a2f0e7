package dev.corral.cli.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.Message;
import dev.corral.template.Role;

/**
 * Measures with a model's own vocabulary and conversation template.
 *
 * @param system the system message of every piece; {@code null} leaves it to the template
 */
record TemplateMeasure(ConversationTemplate template, Tokenizer tokenizer,
		@Nullable String system) implements PieceMeasure {

	@Override
	public int tokens(List<Turn> turns) {
		var messages = new ArrayList<Message>();
		if (system != null) {
			messages.add(new Message(Role.SYSTEM, system));
		}
		turns.forEach(turn -> messages.add(new Message(turn.role(), turn.text())));
		var rendered = template.renderFinished(messages);
		return tokenizer.tokenize(rendered.segments(), rendered.bos()).size();
	}

	@Override
	public int[] cuts(String text) {
		var tokens = tokenizer.tokenize(List.of(PromptSegment.typed(text)), false);
		int[] lengths = tokens.stream().mapToInt(token -> tokenizer.piece(token).length).toArray();
		int added = Arrays.stream(lengths).sum() - text.getBytes(StandardCharsets.UTF_8).length;
		// Many vocabularies put a space in front of a text; one that rewrites it in other ways has no places in it.
		return added == 0 || added == 1 ? cuts(text, ends(lengths, added)) : characters(text);
	}

	/** Offsets in bytes at which the tokens end, after what was put in front. */
	private static BitSet ends(int[] lengths, int added) {
		var ends = new BitSet();
		int end = -added;
		for (int length : lengths) {
			end += length;
			if (end > 0) {
				ends.set(end);
			}
		}
		return ends;
	}

	private static int[] cuts(String text, BitSet ends) {
		var cuts = new int[ends.cardinality()];
		int count = 0;
		int bytes = 0;
		for (int index = 0; index < text.length();) {
			int character = text.codePointAt(index);
			index += Character.charCount(character);
			bytes += utf8Length(character);
			if (ends.get(bytes)) {
				cuts[count++] = index;
			}
		}
		return Arrays.copyOf(cuts, count);
	}

	/** Half of a surrogate pair is written as a question mark. */
	private static int utf8Length(int character) {
		if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
			return 1;
		}
		return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
	}

	private static int[] characters(String text) {
		var cuts = new ArrayList<Integer>();
		for (int index = 0; index < text.length();) {
			index += Character.charCount(text.codePointAt(index));
			cuts.add(index);
		}
		return cuts.stream().mapToInt(Integer::intValue).toArray();
	}

}
