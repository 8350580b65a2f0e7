package dev.corral.llamacpp;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets what slides up, and when it does. */
class SlidingTests {

	private static final List<Integer> HEAD = numbers(1, 50);

	private static final List<Integer> OLD = numbers(100, 160);

	private static final List<Integer> NEWEST = numbers(200, 300);

	private static final List<Integer> WHOLE = join(HEAD, OLD, NEWEST);

	private static final List<Integer> WINDOW = join(HEAD, NEWEST, numbers(400, 410));

	private final SchedulerFixture engine = new SchedulerFixture(4, 64);

	@Test
	void computesOnlyWhatIsNew() {
		run(engine, request(WHOLE));

		var slid = run(engine, request(WINDOW).withSlidesCache(true));

		assertThat(slid.tokens()).isEqualTo(slid.expected());
		assertThat(slid.cachedTokens()).isEqualTo(HEAD.size() + NEWEST.size());
		assertThat(engine.scheduler.cacheUse().slides()).isEqualTo(1);
	}

	@Test
	void leavesEverythingWhereItIsForThoseWhoDoNotAsk() {
		run(engine, request(WHOLE));

		var exact = run(engine, request(WINDOW));

		assertThat(exact.cachedTokens()).isEqualTo(HEAD.size());
		assertThat(engine.scheduler.cacheUse().slides()).isZero();
	}

	@Test
	void sharesTheHeadWithAllAndTheRestWithThoseWhoAskForIt() {
		run(engine, request(WHOLE));
		run(engine, request(WINDOW).withSlidesCache(true));

		var like = run(engine, request(WINDOW).withSlidesCache(true));
		var exact = run(engine, request(WINDOW));
		var other = run(engine, request(WINDOW).withSlidesCache(true).withTenant("other"));

		assertThat(like.cachedTokens()).isEqualTo(WINDOW.size() - 1);
		assertThat(exact.cachedTokens()).isEqualTo(HEAD.size());
		assertThat(other.cachedTokens()).isZero();
	}

	@Test
	void computesOnceForAllChoices() {
		run(engine, request(WHOLE));
		var choices = IntStream.range(0, 3)
				.mapToObj(_ -> engine.submit(request(WINDOW).withSlidesCache(true)))
				.toList();

		engine.runToIdle();

		assertThat(choices).extracting(SchedulerFixture.Submitted::cachedTokens)
				.containsExactly(HEAD.size() + NEWEST.size(), WINDOW.size() - 1, WINDOW.size() - 1);
		assertThat(engine.scheduler.cacheUse().slides()).isEqualTo(1);
	}

	@Test
	void keepsTheFirstTokensOfWhatItSlides() {
		run(engine, request(join(numbers(1, 3), OLD, NEWEST)));

		var withoutSink = run(engine, request(join(numbers(1, 3), NEWEST)).withSlidesCache(true));

		assertThat(withoutSink.cachedTokens()).isEqualTo(0);
		assertThat(engine.scheduler.cacheUse().slides()).isZero();
	}

	@Test
	void computesAnewWhatIsTooLittleToSlide() {
		run(engine, request(join(HEAD, OLD, numbers(200, 300))));

		var slid = run(engine, request(join(HEAD, numbers(200, 231), List.of(7))).withSlidesCache(true));

		assertThat(slid.cachedTokens()).isEqualTo(HEAD.size());
		assertThat(engine.scheduler.cacheUse().slides()).isZero();
	}

	@Test
	void leavesInPlaceWhatARunningSequenceHolds() {
		var running = engine.submit(new GenerationRequest(WHOLE, 200, SamplingParameters.GREEDY, List.of()));
		while (running.state() != SequenceState.DECODE) {
			engine.step();
		}

		var beside = engine.submit(request(WINDOW).withSlidesCache(true));
		engine.runToIdle();

		assertThat(beside.cachedTokens()).isEqualTo(HEAD.size());
		assertThat(running.tokens()).isEqualTo(running.expected());
	}

	@Test
	void slidesInACacheThatIsOtherwiseFull() {
		var tight = new SchedulerFixture(2, 64, 512, StateStore.NONE);
		run(tight, request(WHOLE));
		run(tight, request(numbers(500, 700)));

		var slid = run(tight, request(WINDOW).withSlidesCache(true));

		assertThat(slid.cachedTokens()).isEqualTo(HEAD.size() + NEWEST.size());
	}

	@Test
	void keepsWhatWasExactBeforeItSlides() {
		var store = new TieredStates(new KvTiers(1 << 20, null, InstantSource.system()), true, false);
		var small = new SchedulerFixture(1, 64, Integer.MAX_VALUE, store);
		run(small, request(WHOLE));
		run(small, request(WINDOW).withSlidesCache(true));

		var before = run(small, request(WHOLE));
		var exact = run(small, request(WINDOW));
		var like = run(small, request(WINDOW).withSlidesCache(true));

		assertThat(before.cachedTokens()).isEqualTo(WHOLE.size() - 1);
		assertThat(exact.cachedTokens()).isEqualTo(HEAD.size());
		assertThat(like.cachedTokens()).isEqualTo(WINDOW.size() - 1);
	}

	private static SchedulerFixture.Submitted run(SchedulerFixture engine, GenerationRequest request) {
		var submitted = engine.submit(request);
		engine.runToIdle();
		return submitted;
	}

	private static GenerationRequest request(List<Integer> prompt) {
		return new GenerationRequest(prompt, 3, SamplingParameters.GREEDY, List.of());
	}

	@SafeVarargs
	private static List<Integer> join(List<Integer>... parts) {
		var all = new ArrayList<Integer>();
		for (var part : parts) {
			all.addAll(part);
		}
		return all;
	}

	private static List<Integer> numbers(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

}
