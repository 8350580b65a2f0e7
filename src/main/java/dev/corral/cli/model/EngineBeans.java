package dev.corral.cli.model;

import java.util.Arrays;
import java.util.stream.Stream;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

/** The beans of the engine and their settings, found by name: nobody may use that module's types. */
@ComponentScan("dev.corral.llamacpp")
@ConfigurationPropertiesScan("dev.corral.llamacpp")
public class EngineBeans {

	/**
	 * Starts them with the settings of {@code application.yml} and the environment, without a server.
	 *
	 * @param arguments further settings, as {@code --corral.x=y}
	 * @return to be closed
	 */
	public static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(EngineBeans.class).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF)
				.logStartupInfo(false).registerShutdownHook(false)
				.run(Stream.concat(Arrays.stream(arguments), Stream.of("--logging.level.root=warn"))
						.toArray(String[]::new));
	}

}
