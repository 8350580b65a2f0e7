package dev.corral.access;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Slows down who tries one key after the other to sign in: after {@value #FREE} wrong ones from an address there is a pause, which doubles with each
 * further one up to {@link #LONGEST}; what is asked in the pause is not looked at. Without a wrong key for {@link #LONGEST}, or with
 * a right one, all is forgiven. It remembers the last {@value #REMEMBERED} addresses. Safe for any thread.
 */
@Component
class SignInAttempts {

	static final int FREE = 5;

	static final Duration FIRST = Duration.ofSeconds(1);

	static final Duration LONGEST = Duration.ofMinutes(1);

	private static final int REMEMBERED = 10_000;

	/** Who has one address of IPv6 mostly has the whole network of this prefix. */
	private static final int IPV6_NETWORK_BYTES = 8;

	private final LongSupplier nanoTime;

	private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > REMEMBERED;
		}

	};

	@Autowired
	SignInAttempts() {
		this(System::nanoTime);
	}

	SignInAttempts(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/** How long this address has to wait before it may try again; zero or less if it may now. */
	synchronized Duration pause(@Nullable InetSocketAddress address) {
		var known = failures.get(name(address));
		return known == null ? Duration.ZERO : pause(known).minusNanos(nanoTime.getAsLong() - known.last());
	}

	private static Duration pause(Failures known) {
		int doublings = known.count() - FREE;
		if (doublings < 0) {
			return Duration.ZERO;
		}
		// 2^6 s is more than the longest.
		var pause = FIRST.multipliedBy(1L << Math.min(doublings, 6));
		return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
	}

	synchronized void failed(@Nullable InetSocketAddress address) {
		long now = nanoTime.getAsLong();
		failures.merge(name(address), new Failures(1, now), (known, _) -> now - known.last() > LONGEST.toNanos()
				? new Failures(1, now)
				: new Failures(known.count() + 1, now));
	}

	synchronized void succeeded(@Nullable InetSocketAddress address) {
		failures.remove(name(address));
	}

	private static String name(@Nullable InetSocketAddress address) {
		if (address == null || address.getAddress() == null) {
			return "";
		}
		var bytes = address.getAddress().getAddress();
		return HexFormat.of().formatHex(address.getAddress() instanceof Inet6Address
				? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES)
				: bytes);
	}

	private record Failures(int count, long last) {
	}

}
