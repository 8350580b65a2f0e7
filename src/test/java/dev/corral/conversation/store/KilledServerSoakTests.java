package dev.corral.conversation.store;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class KilledServerSoakTests extends KilledServerContract {

	private static final int KILLS = 50;

	@Test
	void losesNothingInH2() throws IOException, InterruptedException {
		losesNothing(KILLS, 20261123, List.of("--corral.store.url=h2:" + folder.resolve("corral")));
	}

	@Test
	void losesNothingInPostgres() throws IOException, InterruptedException {
		losesNothing(KILLS, 20261124, List.of("--corral.store.url=" + PostgresServer.newDatabase(),
				"--corral.store.username=" + PostgresServer.user(),
				"--corral.store.password=" + PostgresServer.user()));
	}

}
