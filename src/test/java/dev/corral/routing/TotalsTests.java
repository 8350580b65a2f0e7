package dev.corral.routing;

import org.junit.jupiter.api.Test;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;

import static org.assertj.core.api.Assertions.assertThat;

class TotalsTests {

	@Test
	void weighsTheUseOfCachesBySequences() {
		var small = totals(new EngineLoad(1, 0, 1, 1));
		var large = totals(new EngineLoad(2, 3, 3, 0.2));

		var both = small.plus(large).load();

		assertThat(both).isEqualTo(new EngineLoad(3, 3, 4, 0.4));
		assertThat(Totals.NONE.plus(Totals.NONE).load().kvUse()).isZero();
	}

	private static Totals totals(EngineLoad load) {
		var engine = new FakeEngine("llama", 64);
		engine.load(load);
		return Totals.of(engine);
	}

}
