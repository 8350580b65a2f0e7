package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharersTests {

	/** Tenants and salts come from clients, who may try to be taken for others. */
	@Test
	void nobodyCanBeTakenForThoseWhoTakeWhatHasSlidUp() {
		var texts = List.of("", "a", "\0", "\1", "\2", "\1\2", "a\0b", "slid:", "slid:a\1\2", "\0slid");
		var names = new ArrayList<String>();
		for (var tenant : texts) {
			for (var salt : texts) {
				names.add(Sharers.of(tenant, salt));
			}
		}
		var different = names.stream().distinct().toList();

		var slid = different.stream().map(Sharers::ofSlid).toList();

		assertThat(slid).doesNotHaveDuplicates().doesNotContainAnyElementsOf(different);
	}

}
