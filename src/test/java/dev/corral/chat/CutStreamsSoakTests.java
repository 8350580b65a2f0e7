package dev.corral.chat;

import java.io.IOException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class CutStreamsSoakTests extends CutStreamsContract {

	@Test
	void tellsTheSameTextHoweverOftenTheConnectionBreaks() throws IOException, InterruptedException {
		tellsTheSameTextOverConnectionsThatBreak(200);
	}

}
