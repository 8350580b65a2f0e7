package dev.corral.cli.bench;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.template.Message;
import dev.corral.template.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WorkloadTests {

	private final FakeTarget target = new FakeTarget();

	private final Prompts prompts = new Prompts(1, 4);

	@TempDir
	Path folder = Path.of("");

	@Test
	void sendsOneRequestAfterTheOther() throws InterruptedException {
		var report = run(FakeTarget.load(WorkloadKind.SINGLE));

		assertThat(report.total().complete()).isEqualTo(10);
		assertThat(report.total().gap().count()).isEqualTo(10 * 127);
		assertThat(target.calls()).hasSize(10).allMatch(call -> call.messages().size() == 1)
				.allMatch(call -> call.maxTokens() == 128);
		assertThat(beginnings(0)).hasSize(10);
	}

	@Test
	void sharesTheSystemPromptAndNothingElse() throws InterruptedException {
		run(FakeTarget.load(WorkloadKind.SHARED_PREFIX));

		assertThat(target.calls()).hasSize(48);
		assertThat(target.calls()).extracting(call -> call.messages().getFirst()).containsOnly(new Message(Role.SYSTEM,
				target.calls().getFirst().messages().getFirst().content()));
		assertThat(target.calls().getFirst().messages().getFirst().content().length()).isBetween(3970, 4030);
		assertThat(beginnings(1)).hasSize(48);
	}

	@Test
	void letsAllUsersSendAtOnce() throws InterruptedException {
		var all = new CountDownLatch(64);
		target.answer((call, onDelta) -> {
			all.countDown();
			await(all);
			return FakeTarget.reply(call, onDelta);
		});

		assertThat(run(FakeTarget.load(WorkloadKind.FAN)).total().complete()).isEqualTo(64);
	}

	@Test
	void letsRequestsArriveWithoutWaitingForReplies() throws InterruptedException {
		var all = new CountDownLatch(20);
		target.answer((call, onDelta) -> {
			all.countDown();
			await(all);
			return FakeTarget.reply(call, onDelta);
		});

		var load = FakeTarget.load(WorkloadKind.SINGLE, 2, 10, 1000, false, null);
		assertThat(run(load).total().complete()).isEqualTo(20);
	}

	@Test
	void sendsRepliesBackAsTheyCame() throws InterruptedException {
		var report = run(FakeTarget.load(WorkloadKind.MULTI_TURN));

		assertThat(report.groups().keySet()).containsExactlyInAnyOrder("first turn", "later turns");
		assertThat(Objects.requireNonNull(report.groups().get("later turns")).complete()).isEqualTo(32);
		var longest = target.calls().stream().map(Call::messages).filter(messages -> messages.size() == 9).toList();
		assertThat(longest).hasSize(8);
		assertThat(longest.getFirst().get(1).role()).isEqualTo(Role.ASSISTANT);
		assertThat(longest.getFirst().get(1).content()).startsWith(" reply").hasSizeGreaterThan(64);
		assertThat(target.calls()).filteredOn(call -> call.messages().size() == 7).extracting(Call::messages)
				.contains(longest.getFirst().subList(0, 7));
	}

	@Test
	void goesOnWhenATurnFails() throws InterruptedException {
		target.answer((call, onDelta) -> call.messages().size() == 3
				? Samples.failed(call.group(), "http_500", System.nanoTime() / 1_000_000)
				: FakeTarget.reply(call, onDelta));

		var report = run(FakeTarget.load(WorkloadKind.MULTI_TURN, 1, 4, 0, false, null));

		assertThat(report.failures()).containsEntry("http_500", 3L);
		assertThat(target.calls()).extracting(call -> call.messages().size()).containsExactly(1, 3, 3, 3);
	}

	@Test
	void revisitsEveryConversationInRandomOrder() throws InterruptedException {
		var report = run(FakeTarget.load(WorkloadKind.REVISIT));

		assertThat(Objects.requireNonNull(report.groups().get(Revisit.FIRST)).complete()).isEqualTo(6);
		assertThat(Objects.requireNonNull(report.groups().get(Revisit.LATER)).complete()).isEqualTo(12);
		assertThat(beginnings(0)).hasSize(6);
		assertThat(target.calls()).filteredOn(call -> call.messages().size() == 5).hasSize(6);
	}

	@Test
	void goesOnWithConversationsOfAnEarlierRun() throws InterruptedException {
		var state = folder.resolve("state.json");
		run(FakeTarget.load(WorkloadKind.REVISIT, 4, 1, 0, false, state));
		var earlier = List.copyOf(target.calls());
		target.calls().clear();

		run(FakeTarget.load(WorkloadKind.REVISIT, 4, 1, 0, true, state));

		assertThat(target.calls()).hasSize(6).allMatch(call -> call.messages().size() == 5);
		assertThat(target.calls()).extracting(call -> call.messages().subList(0, 3))
				.containsExactlyInAnyOrderElementsOf(earlier.stream().map(Call::messages)
						.filter(messages -> messages.size() == 3).toList());
	}

	@Test
	void refusesConversationsThatItDidNotHold() {
		var load = FakeTarget.load(WorkloadKind.REVISIT, 4, 1, 0, true, Path.of("pom.xml"));

		assertThatExceptionOfType(BenchFailed.class).isThrownBy(() -> run(load))
				.withMessageStartingWith("pom.xml does not hold conversations: ");
	}

	@Test
	void sendsTheLongPromptOnceAllStreamsAreSteady() throws InterruptedException {
		var longAnswered = new CountDownLatch(1);
		target.answer((call, onDelta) -> {
			var reply = new ReplyRecorder(call, onDelta);
			if (call.group().equals(Stall.LONG_PROMPT)) {
				assertThat(target.calls()).hasSize(5);
				var sample = FakeTarget.reply(call, onDelta);
				longAnswered.countDown();
				return sample;
			}
			for (int i = 0; i < 100; i++) {
				reply.delta("x", System.nanoTime());
			}
			await(longAnswered);
			reply.delta("x", System.nanoTime());
			reply.finished(System.nanoTime());
			return reply.sample();
		});

		var report = run(FakeTarget.load(WorkloadKind.STALL, 4, 1, 0, false, null));

		assertThat(Objects.requireNonNull(report.measures().get(Stall.LONGEST_GAP)).count()).isOne();
		assertThat(Objects.requireNonNull(report.measures().get(Stall.LONGEST_GAP)).max()).isPositive();
		assertThat(report.notes()).isEmpty();
		assertThat(Objects.requireNonNull(report.groups().get(Stall.STREAMS)).complete()).isEqualTo(4);
	}

	@Test
	void notesStreamsThatEndTooEarlyToBeMeasured() throws InterruptedException {
		var streamsEnded = new CountDownLatch(4);
		target.answer((call, onDelta) -> {
			if (call.group().equals(Stall.LONG_PROMPT)) {
				await(streamsEnded);
				return FakeTarget.reply(call, onDelta);
			}
			var sample = FakeTarget.reply(call, onDelta);
			streamsEnded.countDown();
			return sample;
		});

		var report = run(FakeTarget.load(WorkloadKind.STALL, 4, 1, 0, false, null));

		assertThat(report.notes()).containsValue(4L);
	}

	@Test
	void mixesGroupsUntilTheTimeIsOver() throws InterruptedException {
		var report = run(FakeTarget.load(WorkloadKind.MIXED, 64, 1, 1000, false, null));

		assertThat(report.groups()).containsOnlyKeys("chats", "long prompts", "hang-ups");
		assertThat(target.calls()).filteredOn(call -> call.group().equals("hang-ups"))
				.allMatch(call -> call.hangUpAfter() > 0);
	}

	@Test
	void dropsArrivalsWhenTooManyAreOnTheirWay() throws InterruptedException {
		var dropped = new CountDownLatch(1);
		var statistics = new Statistics(new Slo(Map.of()));
		target.answer((call, onDelta) -> {
			await(dropped);
			return FakeTarget.reply(call, onDelta);
		});
		var load = FakeTarget.load(WorkloadKind.MIXED, 1, 1, 1000, false, null);
		var watcher = Thread.ofVirtual().start(() -> {
			while (statistics.report(target, load).notes().isEmpty()) {
				Thread.onSpinWait();
			}
			dropped.countDown();
		});

		new Mixed(new Session(target, statistics, prompts, load)).run();
		watcher.join();

		assertThat(statistics.report(target, load).notes()).containsKey(Mixed.DROPPED);
	}

	/** The different first words of the messages at this place. */
	private List<String> beginnings(int index) {
		return List.copyOf(new HashSet<>(target.calls().stream()
				.map(call -> call.messages().get(index).content().split(" ")[0]).collect(Collectors.toList())));
	}

	private Report run(Load load) throws InterruptedException {
		var statistics = new Statistics(load.slo());
		load.workload().create(new Session(target, statistics, prompts, load)).run();
		return statistics.report(target, load);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		} catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
