package dev.corral.usage.totals;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * Who has had something computed by which model on which day.
 *
 * @param day in UTC
 * @param key the key's name; keys that had one name one after the other are counted together
 */
public record Spender(LocalDate day, String owner, String key, String model) implements Comparable<Spender> {

	private static final Comparator<Spender> ORDER = Comparator.comparing(Spender::day).thenComparing(Spender::owner)
			.thenComparing(Spender::key).thenComparing(Spender::model);

	@Override
	public int compareTo(Spender other) {
		return ORDER.compare(this, other);
	}

}
