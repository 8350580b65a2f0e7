package dev.corral.contextwindow;

import java.util.ArrayList;
import java.util.List;

import dev.corral.template.Role;

/**
 * A user's message with all that follows until the user's next one: what is kept or left out as a whole.
 *
 * @param first index of its first message in the branch
 * @param end index after its last
 * @param tokens of its messages together, system messages not counted: templates write those in front of everything, so they are pinned
 */
public record Turn(int first, int end, int tokens) {

	/** The turns of a branch, in order and without a gap. What comes before the first message of the user belongs to its turn. */
	public static List<Turn> of(List<SizedMessage> branch) {
		var turns = new ArrayList<Turn>();
		int first = 0;
		int tokens = 0;
		boolean asked = false;
		for (int i = 0; i < branch.size(); i++) {
			var message = branch.get(i);
			if (message.role() == Role.USER && asked) {
				turns.add(new Turn(first, i, tokens));
				first = i;
				tokens = 0;
			}
			asked |= message.role() == Role.USER;
			tokens += message.role() == Role.SYSTEM ? 0 : message.tokens();
		}
		if (!branch.isEmpty()) {
			turns.add(new Turn(first, branch.size(), tokens));
		}
		return turns;
	}

}
