package dev.corral;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

import dev.corral.cli.CommandLineTool;
import dev.corral.cli.CommandLineTool.Decision;

/** Starts Corral: a gateway with an embedded worker that serves the configured models, or the command that was asked for. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CorralApplication {

	public static void main(String[] arguments) {
		switch (CommandLineTool.decide(arguments)) {
			case Decision.StartServer server -> serve(server.arguments());
			case Decision.RunCommand command -> System.exit(CommandLineTool.run(command.arguments()));
		}
	}

	private static void serve(String[] arguments) {
		var context = SpringApplication.run(CorralApplication.class, arguments);
		if ("worker".equalsIgnoreCase(context.getEnvironment().getProperty("corral.role"))) {
			// A worker that was told to end and has ended its replies has not crashed; after a signal, nothing but this tells so.
			SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
		}
	}

}
