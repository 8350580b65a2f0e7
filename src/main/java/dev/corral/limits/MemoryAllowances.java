package dev.corral.limits;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import io.github.bucket4j.TimeMeter;

/** Kept in the memory of this server; each server has its own. */
@Component
class MemoryAllowances implements Allowances {

	private final Map<String, MemoryAllowance> byKey = new ConcurrentHashMap<>();

	private final TimeMeter time;

	private final Clock clock;

	@Autowired
	MemoryAllowances() {
		this(TimeMeter.SYSTEM_NANOTIME, Clock.systemUTC());
	}

	MemoryAllowances(TimeMeter time, Clock clock) {
		this.time = time;
		this.clock = clock;
	}

	/** Keys are made by administrators alone, so there are not more than memory can hold. One whose limits were changed begins anew. */
	@Override
	public Allowance of(String key, Limits limits) {
		return Objects.requireNonNull(byKey.compute(key, (_, known) -> known != null && known.limits().equals(limits)
				? known
				: new MemoryAllowance(limits, time, clock)));
	}

}
