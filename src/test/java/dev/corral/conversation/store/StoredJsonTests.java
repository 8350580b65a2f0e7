package dev.corral.conversation.store;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;

import static org.assertj.core.api.Assertions.assertThat;

class StoredJsonTests {

	@Test
	void readsReportsThatNoteNoPlaces() {
		var report = StoredJson.windowReport(
				"""
					{"policy":"ROLLING","contextTokens":512,"reservedTokens":64,"promptTokens":300,"keptMessages":5,"cutMessages":8,\
					"recapTokens":0,"recalledMessages":0,"truncatedTokens":0}""");

		assertThat(report).isEqualTo(new WindowReport(WindowPolicy.ROLLING, 512, 64, 300, 5, 8, 0, 0, 0));
	}

	@Test
	void readsReportsAsTheyWereWritten() {
		var report = new WindowReport(WindowPolicy.RECALL, 512, 64, 300, 5, 8, 0, 2, 0, 30,
				new WindowReport.Places(0, 8, List.of(2, 3)));

		assertThat(StoredJson.windowReport(StoredJson.write(report))).isEqualTo(report);
	}

}
