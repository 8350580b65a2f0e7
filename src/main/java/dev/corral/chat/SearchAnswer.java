package dev.corral.chat;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Page;
import dev.corral.conversation.SearchHit;

/**
 * Conversations that were searched for, best first.
 *
 * @param next as in {@link ConversationList}
 */
record SearchAnswer(List<Hit> hits, @Nullable String next) {

	static SearchAnswer of(Page<SearchHit> page) {
		return new SearchAnswer(page.items().stream().map(Hit::of).toList(), page.next());
	}

	/** Components as in {@link SearchHit}. */
	record Hit(ConversationAnswer conversation, @Nullable String messageId, String excerpt,
			List<SearchHit.Mark> marks) {

		static Hit of(SearchHit hit) {
			var message = hit.message();
			return new Hit(ConversationAnswer.of(hit.conversation()), message == null ? null : message.toString(),
					hit.excerpt(), hit.marks());
		}

	}

}
