package dev.corral.cli.key;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ComponentScan;

import dev.corral.access.keys.KeyStore;
import dev.corral.cli.store.StoreContext;
import dev.corral.cli.store.StoreUnusable;

/** The store of keys and the database under it, as the server sets them up, without the server. */
@ComponentScan({"dev.corral.access.keys", "dev.corral.conversation.store"})
class KeyBeans {

	private static final StoreContext CONTEXT = new StoreContext(KeyBeans.class,
			"A running server makes and ends keys at /api/keys.");

	/**
	 * Does something with the keys of the store that the settings name, and closes it.
	 *
	 * @param url the setting {@code corral.store.url}; {@code null} for what is configured
	 * @throws StoreUnusable if there is no such store, or it cannot be used
	 */
	static <T> T use(@Nullable String url, Function<KeyStore, T> work) {
		return CONTEXT.use(url, beans -> work.apply(beans.getBean(KeyStore.class)));
	}

}
