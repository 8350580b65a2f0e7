package dev.corral.cli.usage;

import org.springframework.context.annotation.ComponentScan;

import dev.corral.cli.store.StoreContext;

/** The store of usage and the database under it, as the server sets them up, without the server. */
@ComponentScan({"dev.corral.usage.totals", "dev.corral.conversation.store"})
class UsageBeans {

	static final StoreContext CONTEXT = new StoreContext(UsageBeans.class,
			"A running server tells usage with --url http://localhost:8080.");

}
