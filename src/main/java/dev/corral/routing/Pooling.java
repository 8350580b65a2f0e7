package dev.corral.routing;

import java.util.function.LongSupplier;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What all pools of this server share.
 *
 * @param scheduler on which silence is noticed
 * @param nanos a monotonic clock
 */
record Pooling(Picker picker, RoutingSettings settings, RoutingCounters counters, Scheduler scheduler,
		LongSupplier nanos) {

	static Pooling of(RoutingSettings settings, RoutingCounters counters) {
		return new Pooling(new BestPicker(), settings, counters, Schedulers.parallel(), System::nanoTime);
	}

}
