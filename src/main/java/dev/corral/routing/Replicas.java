package dev.corral.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure.WorkerLost;
import dev.corral.inference.ModelInfo;

/**
 * The replicas of one model, while workers come and go: whoever is asked looks at the workers of that moment. Replicas of another vocabulary or
 * window than the first are not used, since a reply could not go on there. Safe for any thread.
 */
final class Replicas {

	private static final Logger log = LoggerFactory.getLogger(Replicas.class);

	private final Supplier<List<Copy>> copies;

	private final LongSupplier nanos;

	/** Of all listed workers, those that do not answer included. */
	private List<Replica> known = List.of();

	/** Of those that are not listed any more. */
	private Totals past = Totals.NONE;

	private @Nullable ModelInfo kind;

	/** One that is ready, or was last. */
	private @Nullable InferenceEngine example;

	/** Workers whose replica is of another kind, so that it is said once. */
	private final Set<String> strangers = new HashSet<>();

	/**
	 * @param copies of the model, in the order of their configuration
	 * @param nanos a monotonic clock
	 */
	Replicas(Supplier<List<Copy>> copies, LongSupplier nanos) {
		this.copies = copies;
		this.nanos = nanos;
	}

	/** Those that are loaded and whose worker answers, in the order of their configuration. */
	synchronized List<Replica> ready() {
		var listed = new ArrayList<Replica>();
		var ready = new ArrayList<Replica>();
		for (var copy : copies.get()) {
			var before = known.stream().filter(replica -> replica.isOf(copy.worker())).toList();
			var engine = copy.model().engine();
			if (engine == null) {
				listed.addAll(before);
				continue;
			}
			var replica = before.stream().filter(candidate -> candidate.engine() == engine).findFirst()
					.orElseGet(() -> new Replica(copy.worker(), engine, nanos));
			replica.update(copy.worker());
			listed.add(replica);
			ready.add(replica);
		}
		past = past.plus(Totals.of(known.stream().filter(replica -> !listed.contains(replica)).toList()).counts());
		known = List.copyOf(listed);
		return ofOneKind(ready);
	}

	/** Whether one of them may take requests some time, as it is or once its worker answers and has loaded the model. */
	synchronized boolean expected() {
		return ready().stream().anyMatch(Replica::stays) || copies.get().stream().anyMatch(Copy::comes);
	}

	/** Whether there has been one. */
	synchronized boolean known() {
		ready();
		return example != null;
	}

	/**
	 * An engine that tells what all of them are.
	 *
	 * @throws WorkerLost if there has been none
	 */
	synchronized InferenceEngine any() {
		ready();
		if (example == null) {
			throw new WorkerLost("none of its workers answers");
		}
		return example;
	}

	/** What all have done, also those that have gone, and what the present ones do. */
	synchronized Totals totals() {
		var ready = ready();
		return past.plus(Totals.of(ready))
				.plus(Totals.of(known.stream().filter(replica -> !ready.contains(replica)).toList()).counts());
	}

	synchronized long openCircuits() {
		return known.stream().filter(replica -> replica.circuit().open()).count();
	}

	private List<Replica> ofOneKind(List<Replica> ready) {
		if (ready.isEmpty()) {
			return ready;
		}
		var model = kind;
		if (model == null || ready.stream().noneMatch(replica -> replica.isOfKind(model))) {
			kind = ready.getFirst().engine().model();
		}
		var alike = ready.stream().filter(this::belongs).toList();
		example = alike.getFirst().engine();
		return alike;
	}

	private boolean belongs(Replica replica) {
		var model = kind;
		if (model == null || replica.isOfKind(model)) {
			return true;
		}
		if (strangers.add(replica.name())) {
			var own = replica.engine().model();
			log.warn(
					"Worker '{}' is not used for model '{}': its vocabulary and window are {} and {} tokens, those of the others {} and {}",
					replica.name(), model.name(), own.vocabularyTokens(), own.contextTokens(), model.vocabularyTokens(),
					model.contextTokens());
		}
		return false;
	}

}
