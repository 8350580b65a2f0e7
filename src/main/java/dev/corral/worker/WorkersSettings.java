package dev.corral.worker;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * Where models run. The defaults are in {@code application.yml}.
 *
 * @param mode in this process, in processes of its own, or elsewhere
 * @param count how many processes there are; 0 for one per graphics card
 * @param key what a gateway shows a worker; {@code null} for none
 * @param remote workers elsewhere
 * @param probeInterval how long after an answer a worker is asked again how it is
 * @param probeTimeout how long such an answer may take; two late ones in a row, and the worker is lost
 * @param readTimeout how long no byte of a stream may come from a worker, keep-alives included
 * @param drainTimeout how long the replies of a worker may go on at shutdown
 * @param endsWithInput whether this process ends when its standard input does, as a child whose parent has died
 */
@Validated
@ConfigurationProperties("corral.workers")
public record WorkersSettings(@DefaultValue("embedded") Mode mode,
		@DefaultValue("0") @PositiveOrZero @Max(64) int count,
		@Nullable String key, @DefaultValue List<@Valid Remote> remote,
		@DefaultValue("500ms") @NotNull @DurationMin(millis = 1) Duration probeInterval,
		@DefaultValue("2s") @NotNull @DurationMin(millis = 1) Duration probeTimeout,
		@DefaultValue("30s") @NotNull @DurationMin(millis = 1) Duration readTimeout,
		@DefaultValue("20s") @NotNull Duration drainTimeout, @DefaultValue("false") boolean endsWithInput) {

	public WorkersSettings {
		key = key == null || key.isBlank() ? null : key;
		remote = List.copyOf(remote);
	}

	/** The record's own would show the key in a log. */
	@Override
	public String toString() {
		return "WorkersSettings[mode=%s, count=%d, remote=%s]".formatted(mode, count, remote);
	}

	/** Where models run. */
	public enum Mode {

		EMBEDDED, PROCESS, REMOTE

	}

	/**
	 * A worker elsewhere: a Corral in that role.
	 *
	 * @param url {@code http} or {@code https}; {@code dns://name:port} is as many workers as the name has addresses
	 * @param key what to show it; {@code null} for that of all workers
	 * @param models what it serves: its own name of each model by the name here. Empty for all models, each by its own name
	 */
	public record Remote(@NotNull URI url, @Nullable String key,
			@DefaultValue Map<String, String> models) {

		private static final Set<String> SCHEMES = Set.of("http", "https", "dns");

		public Remote {
			models = Map.copyOf(models);
			if (url.getScheme() == null || !SCHEMES.contains(url.getScheme()) || url.getHost() == null) {
				throw new IllegalArgumentException(
						"corral.workers.remote needs an url as http://host:port or dns://name:port, but has " + url);
			}
			if (url.getScheme().equals("dns") && url.getPort() < 0) {
				throw new IllegalArgumentException("corral.workers.remote needs a port in " + url);
			}
		}

		@Override
		public String toString() {
			return "Remote[url=%s, models=%s]".formatted(url, models);
		}

	}

}
