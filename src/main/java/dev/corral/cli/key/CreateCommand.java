package dev.corral.cli.key;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyLimits;
import dev.corral.access.keys.Role;
import dev.corral.inference.InvalidParameter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code key create}: makes a key and writes it to the standard output, alone, so that a script can take it. */
@Command(name = "create", sortOptions = false, description = "Makes a key and writes it. It is not kept, so it cannot be shown again.")
final class CreateCommand implements Callable<Integer> {

	@Parameters(paramLabel = "NAME", description = "What the key is called, such as the name of who gets it.")
	private String name = "";

	@Option(names = "--role", paramLabel = "ROLE", defaultValue = "user", description = "user, or admin, who may also make keys (${DEFAULT-VALUE}).")
	private String role = "";

	@Option(names = "--owner", paramLabel = "OWNER", description = "Whose conversations it has; the key's name, without this. What was stored before there were keys is of 'local'.")
	private @Nullable String owner;

	@Option(names = "--model", paramLabel = "MODEL", description = "A model that it may use, once for each; all, without this.")
	private List<String> models = List.of();

	@Option(names = "--expires", paramLabel = "TIME", description = "How long it is good, such as 90d or 12h; for ever, without this.")
	private @Nullable String expires;

	@Option(names = "--requests-per-minute", paramLabel = "N", description = "Most requests for replies in a minute; 0 for any number. These four are as for all keys (corral.limits), without them.")
	private @Nullable Long requestsPerMinute;

	@Option(names = "--tokens-per-minute", paramLabel = "N", description = "Most tokens of prompts and replies in a minute; 0 for any number.")
	private @Nullable Long tokensPerMinute;

	@Option(names = "--concurrent-replies", paramLabel = "N", description = "Most replies at once; 0 for any number.")
	private @Nullable Long concurrentReplies;

	@Option(names = "--daily-tokens", paramLabel = "N", description = "Most tokens of prompts and replies in a day in UTC; 0 for any number.")
	private @Nullable Long dailyTokens;

	@Mixin
	private StoreOption store = new StoreOption();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() {
		var commandLine = Objects.requireNonNull(spec).commandLine();
		try {
			var key = new ApiKey(name.strip(), owner == null ? name.strip() : owner.strip(),
					Role.of(role.toLowerCase(Locale.ROOT)), new HashSet<>(models), expiry(),
					new KeyLimits(requestsPerMinute, tokensPerMinute, concurrentReplies, dailyTokens));
			var made = store.use(keys -> keys.create(key));
			commandLine.getErr().printf("The %s key '%s' of '%s':%n", key.role().id(), key.name(), key.owner());
			commandLine.getErr().flush();
			commandLine.getOut().println(made.secret());
			commandLine.getOut().flush();
			return CommandLine.ExitCode.OK;
		} catch (InvalidParameter invalid) {
			throw new ParameterException(commandLine, String.valueOf(invalid.getMessage()));
		}
	}

	private @Nullable Instant expiry() {
		if (expires == null) {
			return null;
		}
		try {
			return Instant.now().plus(DurationStyle.SIMPLE.parse(expires));
		} catch (IllegalArgumentException | ArithmeticException malformed) {
			throw new InvalidParameter("--expires", "must be a time such as 90d or 12h, but is " + expires);
		}
	}

}
