package dev.corral.contextwindow;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.template.Role;

import static dev.corral.template.Role.ASSISTANT;
import static dev.corral.template.Role.SYSTEM;
import static dev.corral.template.Role.TOOL;
import static dev.corral.template.Role.USER;
import static org.assertj.core.api.Assertions.assertThat;

class TurnTests {

	@Test
	void beginsATurnWithEachMessageOfTheUser() {
		assertThat(turns(USER, ASSISTANT, USER, USER, ASSISTANT)).containsExactly(new Turn(0, 2, 20),
				new Turn(2, 3, 10), new Turn(3, 5, 20));
	}

	@Test
	void keepsCallsAndResultsOfToolsInTheTurnThatNeededThem() {
		assertThat(turns(USER, ASSISTANT, TOOL, TOOL, ASSISTANT, USER)).containsExactly(new Turn(0, 5, 50),
				new Turn(5, 6, 10));
	}

	@Test
	void putsWhatComesBeforeTheUserIntoTheFirstTurn() {
		assertThat(turns(ASSISTANT, ASSISTANT, USER, ASSISTANT, USER)).containsExactly(new Turn(0, 4, 40),
				new Turn(4, 5, 10));
		assertThat(turns(ASSISTANT)).containsExactly(new Turn(0, 1, 10));
	}

	@Test
	void countsNoSystemMessage() {
		assertThat(turns(SYSTEM, USER, ASSISTANT, SYSTEM, USER)).containsExactly(new Turn(0, 4, 20),
				new Turn(4, 5, 10));
	}

	@Test
	void makesNoTurnOfNothing() {
		assertThat(turns()).isEmpty();
	}

	private static List<Turn> turns(Role... roles) {
		return Turn.of(Arrays.stream(roles).map(role -> new SizedMessage(role, 10)).toList());
	}

}
