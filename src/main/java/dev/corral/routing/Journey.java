package dev.corral.routing;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InferenceFailure.DecodeFailed;
import dev.corral.inference.InferenceFailure.QueueFull;
import dev.corral.inference.InferenceFailure.WorkerLost;
import reactor.core.publisher.Flux;

/**
 * One request on its way through a pool, stage after stage, each at another replica:
 *
 * <ul>
 * <li>a replica that has no room is passed by;
 * <li>one that is lost, closes or stalls is left, and the next goes on from what the reader was told, at most
 * {@link RoutingSettings#retries} times;
 * <li>where no replica is left to try, the request waits for one ({@link Recovery}), and then all may be tried again;
 * <li>every other failure is the request's own, and is told.
 * </ul>
 *
 * But for that no replica is tried twice, and what a replica tells after it was left is not heard. Not safe for threads: stages follow each other.
 */
final class Journey {

	private final Replicas replicas;

	private final Pooling pooling;

	private final ReplySoFar reply;

	private final GenerationRequest request;

	private final Recovery recovery;

	private final List<Replica> left = new ArrayList<>();

	private int moves;

	/** What the reader gets to know if nobody can go on. */
	private RuntimeException failure = new WorkerLost("none of its workers takes requests");

	Journey(GenerationRequest request, Replicas replicas, Pooling pooling) {
		this.request = request;
		this.replicas = replicas;
		this.pooling = pooling;
		this.recovery = new Recovery(replicas, pooling);
		this.reply = new ReplySoFar(request, pooling.nanos());
	}

	Flux<GenerationEvent> next() {
		var rest = reply.rest();
		var prompt = PromptBlocks.of(rest);
		var pick = enter(prompt);
		if (pick == null) {
			return later();
		}
		var stage = new Stage(pick, prompt, rest, reply, moves > 0, pooling);
		return stage.events().concatWith(Flux.defer(() -> after(stage)));
	}

	/** What the reader was told is also cached where the reply has ended. */
	private Flux<GenerationEvent> ended(Replica replica) {
		replica.prefixes().remember(PromptBlocks.of(request, reply.promptAndReply()));
		return Flux.empty();
	}

	/** That there is no room is told at once to whoever has seen nothing of the reply. */
	private Flux<GenerationEvent> later() {
		if (failure instanceof QueueFull && !reply.admitted()) {
			return failed();
		}
		left.clear();
		return recovery.replica(pooling.settings().deadline().minus(reply.age()))
				.flatMapMany(found -> found ? next() : failed());
	}

	private @Nullable Pick enter(PromptBlocks prompt) {
		while (true) {
			var candidates = replicas.ready().stream()
					.filter(replica -> replica.takesRequests() && !left.contains(replica)).toList();
			if (candidates.isEmpty()) {
				return null;
			}
			var pick = pooling.picker().pick(prompt, candidates);
			if (pick.replica().enter()) {
				pooling.counters().picked(pick.reason());
				return pick;
			}
			// Another request is trying it.
			left.add(pick.replica());
		}
	}

	private Flux<GenerationEvent> after(Stage stage) {
		if (reply.ended()) {
			return ended(stage.replica());
		}
		left.add(stage.replica());
		if (stage.admitted()) {
			recovery.over();
		}
		var broken = stage.failure();
		var move = stage.move();
		if (move == null && !(broken instanceof QueueFull)) {
			failure = broken;
			return failed();
		}
		if (broken instanceof QueueFull ? !reply.admitted() : reply.admitted() || !(failure instanceof QueueFull)) {
			// That there is no room is worth more to a reader than that a worker has gone; unless the reply has begun.
			failure = broken;
		}
		if (move != null) {
			if (moves == pooling.settings().retries() || reply.age().compareTo(pooling.settings().deadline()) > 0) {
				return failed();
			}
			moves++;
			pooling.counters().moved(move);
		}
		return next();
	}

	/** An error signal before the reply was admitted, an event after it. */
	private Flux<GenerationEvent> failed() {
		return reply.admitted() ? Flux.just(reply.failed(told())) : Flux.error(failure);
	}

	private InferenceFailure told() {
		return failure instanceof InferenceFailure known
				? known
				: new DecodeFailed(String.valueOf(failure.getMessage()));
	}

}
