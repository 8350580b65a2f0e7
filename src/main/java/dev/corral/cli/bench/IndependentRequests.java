package dev.corral.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.corral.template.Message;
import dev.corral.template.Role;

/**
 * Requests that have at most their system prompt in common. In a closed loop the users start together and each sends its requests
 * one after the other; by a rate each request arrives on its own.
 */
record IndependentRequests(Session session) implements Workload {

	@Override
	public void run() throws InterruptedException {
		var load = session.load();
		var system = new ArrayList<Message>();
		if (load.systemTokens() > 0) {
			system.add(new Message(Role.SYSTEM, session.prompts().text(load.systemTokens(), Prompts.SYSTEM)));
		}
		var users = new ArrayList<Callable<?>>();
		var requests = new ArrayList<Callable<?>>();
		for (int user = 0; user < load.users(); user++) {
			var own = new ArrayList<Callable<?>>();
			for (int request = 0; request < load.requests(); request++) {
				long id = (long) user * load.requests() + request;
				own.add(() -> session.ask(call(system, id)));
			}
			requests.addAll(own);
			users.add(() -> inOrder(own));
		}
		if (load.rate() > 0) {
			Users.arriving(requests, load.rate(), session.prompts().random(load.users()));
		} else {
			Users.together(users);
		}
	}

	private static int inOrder(List<Callable<?>> requests) throws Exception {
		for (var request : requests) {
			request.call();
		}
		return requests.size();
	}

	private Call call(List<Message> system, long id) {
		var load = session.load();
		var messages = new ArrayList<>(system);
		messages.add(new Message(Role.USER, session.prompts().text(load.promptTokens(), Prompts.MESSAGE, id)));
		return new Call("requests", messages, load.maxTokens(), load.seed() + id);
	}

}
