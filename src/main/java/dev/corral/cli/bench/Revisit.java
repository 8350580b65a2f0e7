package dev.corral.cli.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/**
 * More conversations than a server has sequences: users open all of them, then come back to each in random order, as often as there
 * are visits, and go on by one turn.
 */
record Revisit(Session session) implements Workload {

	static final String FIRST = "first visits";

	static final String LATER = "revisits";

	private static final int VISIT_TOKENS = 20;

	@Override
	public void run() throws InterruptedException {
		var load = session.load();
		List<Conversation> conversations;
		if (load.skipOpening()) {
			conversations = ConversationFile.load(load);
		} else {
			conversations = LongStream.range(0, load.conversations()).mapToObj(Conversation::new).toList();
			visit(conversations, FIRST, load.promptTokens());
		}
		visit(order(conversations), LATER, VISIT_TOKENS);
		if (load.state() != null) {
			ConversationFile.save(load, conversations);
		}
	}

	private List<Conversation> order(List<Conversation> conversations) {
		var random = new Random(session.load().seed());
		var visits = new ArrayList<Conversation>();
		for (int round = 0; round < session.load().requests(); round++) {
			var shuffled = new ArrayList<>(conversations);
			Collections.shuffle(shuffled, random);
			visits.addAll(shuffled);
		}
		return visits;
	}

	private void visit(List<Conversation> visits, String group, int messageTokens) throws InterruptedException {
		var waiting = new ConcurrentLinkedQueue<>(visits);
		Users.together(Collections.<Callable<?>>nCopies(session.load().users(),
				() -> visitAll(waiting, group, messageTokens)));
	}

	private int visitAll(Queue<Conversation> waiting, String group, int messageTokens) {
		int visited = 0;
		for (var next = waiting.poll(); next != null; next = waiting.poll()) {
			next.turn(session, group, messageTokens);
			visited++;
		}
		return visited;
	}

}
