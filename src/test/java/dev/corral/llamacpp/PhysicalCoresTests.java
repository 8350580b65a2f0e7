package dev.corral.llamacpp;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PhysicalCoresTests {

	@Test
	void countsTheTwoThreadsOfACoreOnce() {
		assertThat(
				PhysicalCores.inCpuInfo(List.of("physical id\t: 0", "core id\t: 0", "physical id\t: 0", "core id\t: 1",
						"physical id\t: 0", "core id\t: 0", "physical id\t: 1", "core id\t: 0")))
				.isEqualTo(3);
	}

	@Test
	void doesNotKnowWithoutTopology() {
		assertThat(PhysicalCores.inCpuInfo(List.of("processor\t: 0", "BogoMIPS\t: 50.00"))).isZero();
	}

	@Test
	void neverExceedsWhatTheProcessMayUse() {
		assertThat(PhysicalCores.count()).isBetween(1, Runtime.getRuntime().availableProcessors());
	}

}
