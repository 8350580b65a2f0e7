package dev.corral.conversation.store;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

class KilledServerIntegrationTests extends KilledServerContract {

	@Test
	void losesNothingInH2() throws IOException, InterruptedException {
		losesNothing(2, 20261123, List.of("--corral.store.url=h2:" + folder.resolve("corral")));
	}

}
