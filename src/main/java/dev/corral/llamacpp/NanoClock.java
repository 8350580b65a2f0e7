package dev.corral.llamacpp;

/** A monotonic clock for intervals. */
@FunctionalInterface
interface NanoClock {

	NanoClock SYSTEM = System::nanoTime;

	/** Nanoseconds since some fixed moment. */
	long nanos();

}
