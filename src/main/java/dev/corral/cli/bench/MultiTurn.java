package dev.corral.cli.bench;

import java.util.ArrayList;
import java.util.concurrent.Callable;

/** Each user holds one conversation and thinks between the turns; by a rate, users arrive one after the other. */
record MultiTurn(Session session) implements Workload {

	@Override
	public void run() throws InterruptedException {
		var load = session.load();
		var users = new ArrayList<Callable<?>>();
		for (int user = 0; user < load.users(); user++) {
			var conversation = new Conversation(user);
			users.add(() -> hold(conversation));
		}
		if (load.rate() > 0) {
			Users.arriving(users, load.rate(), session.prompts().random(load.users()));
		} else {
			Users.together(users);
		}
	}

	private int hold(Conversation conversation) {
		var load = session.load();
		for (int turn = 0; turn < load.requests(); turn++) {
			if (turn > 0) {
				Users.pause(load.thinkTime());
			}
			conversation.turn(session, turn == 0 ? "first turn" : "later turns", load.promptTokens());
		}
		return load.requests();
	}

}
