package dev.corral.cli.bench;

import java.util.Locale;

/** The workloads, with what they send when nothing else is said. */
enum WorkloadKind {

	/** One user, one request after the other. */
	SINGLE(new Defaults(1, 10, 0, 64, 128), true) {

		@Override
		Workload create(Session session) {
			return new IndependentRequests(session);
		}

	},

	/** Users at once whose requests begin with the same system prompt. */
	SHARED_PREFIX(new Defaults(16, 3, 1000, 20, 64), true) {

		@Override
		Workload create(Session session) {
			return new IndependentRequests(session);
		}

	},

	/** Short requests, all at once. */
	FAN(new Defaults(64, 1, 0, 20, 64), true) {

		@Override
		Workload create(Session session) {
			return new IndependentRequests(session);
		}

	},

	/** Users stream, and a long prompt arrives among them; {@code requests} are rounds. */
	STALL(new Defaults(4, 3, 0, 2400, 400), false) {

		@Override
		Workload create(Session session) {
			return new Stall(session);
		}

	},

	/** Conversations are opened, then go on in random order; {@code requests} are visits to each. */
	REVISIT(new Defaults(4, 2, 0, 600, 64), false) {

		@Override
		Workload create(Session session) {
			return new Revisit(session);
		}

	},

	/** Users hold one conversation each; {@code requests} are turns. */
	MULTI_TURN(new Defaults(8, 5, 0, 40, 64), true) {

		@Override
		Workload create(Session session) {
			return new MultiTurn(session);
		}

	},

	/** Short chats, long prompts and clients that hang up arrive at random until the time is over. */
	MIXED(new Defaults(64, 1, 0, 1500, 128), true) {

		@Override
		Workload create(Session session) {
			return new Mixed(session);
		}

	};

	private final Defaults defaults;

	private final boolean openLoop;

	WorkloadKind(Defaults defaults, boolean openLoop) {
		this.defaults = defaults;
		this.openLoop = openLoop;
	}

	/** See {@link Load} for the meaning. */
	record Defaults(int users, int requests, int systemTokens, int promptTokens, int maxTokens) {
	}

	Defaults defaults() {
		return defaults;
	}

	/** Whether its requests can arrive by a rate. */
	boolean openLoop() {
		return openLoop;
	}

	abstract Workload create(Session session);

	/** As it is written on the command line. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
