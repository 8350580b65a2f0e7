package dev.corral.conversation.store;

import java.time.Clock;

import dev.corral.conversation.NewConversation;
import dev.corral.conversation.Owner;

import static dev.corral.conversation.store.StoreUnderTest.await;

/** A process that stores conversations, and says the name of each as soon as it is stored, until it is killed. */
final class KilledWriter {

	private KilledWriter() {
	}

	public static void main(String[] arguments) {
		var store = StoreFixture.open(arguments[0], null, Clock.systemUTC());
		while (true) {
			var made = await(store.conversations().create(new Owner("ada"), new NewConversation("cria")));
			System.out.println("stored " + made.id());
		}
	}

}
