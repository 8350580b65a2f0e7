package dev.corral.routing;

import dev.corral.inference.ServedModel;
import dev.corral.inference.Worker;

/** A model as one worker knows it, loaded or not. */
record Copy(Worker worker, ServedModel model) {

	/** Whether it is not there and is expected: its worker starts, loads it or does not answer, and will not end. */
	boolean comes() {
		return !worker.draining() && switch (model.condition()) {
			case LOADING, UNREACHABLE -> true;
			case READY, FAILED -> false;
		};
	}

}
