package dev.corral.llamacpp;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StopMatcherTests {

	@Test
	void releasesTextThatCannotBecomeAStop() {
		var matcher = new StopMatcher(List.of("###"));

		assertThat(matcher.append("Hello.")).isEqualTo("Hello.");
	}

	@Test
	void holdsBackWhatMayBecomeAStop() {
		var matcher = new StopMatcher(List.of("###"));

		assertThat(matcher.append("Hello #")).isEqualTo("Hello ");
		assertThat(matcher.append("#")).isEmpty();
		assertThat(matcher.append("1")).isEqualTo("##1");
	}

	@Test
	void endsBeforeAStopThatArrivesInPieces() {
		var matcher = new StopMatcher(List.of("\nUSER:"));

		assertThat(matcher.append("Paris.\nUS")).isEqualTo("Paris.");
		assertThat(matcher.append("ER: more")).isEmpty();
		assertThat(matcher.matched()).isTrue();
		assertThat(matcher.append("never")).isEmpty();
		assertThat(matcher.flush()).isEmpty();
	}

	@Test
	void tellsWhichStopWasFound() {
		var matcher = new StopMatcher(List.of("###", "USER:"));

		matcher.append("Hi USER");
		assertThat(matcher.match()).isNull();
		matcher.append(": ###");
		assertThat(matcher.match()).isEqualTo("USER:");
	}

	@Test
	void takesTheStopThatComesFirstInTheText() {
		var matcher = new StopMatcher(List.of("world", "lo"));

		assertThat(matcher.append("hello world")).isEqualTo("hel");
	}

	@Test
	void findsAStopWhoseBeginningRepeats() {
		var matcher = new StopMatcher(List.of("aab"));

		assertThat(matcher.append("aaa")).isEqualTo("a");
		assertThat(matcher.append("b")).isEmpty();
		assertThat(matcher.matched()).isTrue();
	}

	@Test
	void releasesHeldTextAtTheEnd() {
		var matcher = new StopMatcher(List.of("###", "end of text"));

		assertThat(matcher.append("the end of te")).isEqualTo("the ");
		assertThat(matcher.flush()).isEqualTo("end of te");
	}

	@Test
	void passesEverythingWithoutStops() {
		var matcher = new StopMatcher(List.of());

		assertThat(matcher.append("anything")).isEqualTo("anything");
		assertThat(matcher.flush()).isEmpty();
	}

}
