package dev.corral.contextwindow;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.contextwindow.WindowReport.Places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WindowReportTests {

	@Test
	void leavesOutPlacesThatThereAreNot() {
		var report = new WindowReport(WindowPolicy.RECALL, 512, 64, 300, 5, 8, 0, 1, 0, 30,
				new Places(0, 8, List.of(2)));

		assertThat(report.within(9)).isEqualTo(report);
		assertThat(report.within(8).places()).isNull();
		assertThat(report.within(8).cutMessages()).isEqualTo(8);
	}

	@Test
	void refusesPlacesThatCannotBe() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Places(-1, 2, List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> new Places(2, 2, List.of()));
		for (var recalled : List.of(List.of(0), List.of(4), List.of(2, 2), List.of(3, 2))) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Places(1, 4, recalled));
		}
	}

}
