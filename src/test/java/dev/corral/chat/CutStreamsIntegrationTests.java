package dev.corral.chat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class CutStreamsIntegrationTests extends CutStreamsContract {

	@Test
	void tellsTheSameTextHoweverOftenTheConnectionBreaks() throws IOException, InterruptedException {
		tellsTheSameTextOverConnectionsThatBreak(20);
	}

}
