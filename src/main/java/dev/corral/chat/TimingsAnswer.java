package dev.corral.chat;

import dev.corral.inference.Timings;

/** Where the time of a reply went, in milliseconds; components as in {@link Timings}. */
record TimingsAnswer(long queueMillis, long prefillMillis, long decodeMillis) {

	static TimingsAnswer of(Timings timings) {
		return new TimingsAnswer(timings.queue().toMillis(), timings.prefill().toMillis(),
				timings.decode().toMillis());
	}

}
