package dev.corral.cli.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PromptsTests {

	private final FakeTarget target = new FakeTarget();

	private final Statistics statistics = new Statistics(new Slo(Map.of()));

	@Test
	void learnsHowLongATokenIs() {
		var prompts = Prompts.calibrate(target, statistics, 1);

		for (int tokens : List.of(20, 64, 600, 2400)) {
			assertThat(prompts.text(tokens, tokens).length() / 4.0).isBetween(tokens * 0.99 - 2, tokens * 1.01 + 2);
		}
		assertThat(target.calls()).hasSize(2).allMatch(call -> call.maxTokens() == 1);
	}

	@Test
	void saysTheSameForTheSameSeedAndKeyOnly() {
		var prompts = new Prompts(1, 4);
		var texts = new HashSet<String>();
		for (int user = 0; user < 100; user++) {
			texts.add(prompts.text(20, 3, user).split(" ")[0]);
			texts.add(prompts.text(20, user, 1000).split(" ")[0]);
		}
		texts.add(new Prompts(2, 4).text(20, 3, 0).split(" ")[0]);

		assertThat(texts).hasSize(201);
		assertThat(new Prompts(1, 4).text(20, 3, 7)).isEqualTo(prompts.text(20, 3, 7));
	}

	@Test
	void takesTheUsualLengthWhereTheTargetDoesNotCount() {
		target.answer((call, _) -> {
			var reply = new ReplyRecorder(call, () -> {
			});
			reply.finished(System.nanoTime());
			return reply.sample();
		});

		assertThat(Prompts.calibrate(target, statistics, 1).text(100, 1).length()).isBetween(390, 410);
		assertThat(statistics.report(target, FakeTarget.load(WorkloadKind.FAN)).notes().keySet()).singleElement()
				.asString().startsWith("the target does not count prompt tokens");
	}

	@Test
	void saysWhyTheFirstRequestIsNotAnswered() {
		target.answer((call, _) -> Samples.failed(call.group(), "http_400", 0));

		assertThatExceptionOfType(BenchFailed.class).isThrownBy(() -> Prompts.calibrate(target, statistics, 1))
				.withMessage("fake does not answer a first request, http_400: detail of http_400");
	}

}
