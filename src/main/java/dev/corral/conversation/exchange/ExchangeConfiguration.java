package dev.corral.conversation.exchange;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.corral.conversation.ConversationImports;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.Messages;

/** Import and export over the store. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {

	@Bean
	ConversationImport conversationImport(ConversationImports store) {
		return new ConversationImport(store, ExchangeLimits.DEFAULTS);
	}

	@Bean
	ConversationExport conversationExport(Conversations conversations, Messages messages) {
		return new ConversationExport(conversations, messages);
	}

}
