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
			case Decision.StartServer server -> SpringApplication.run(CorralApplication.class, server.arguments());
			case Decision.RunCommand command -> System.exit(CommandLineTool.run(command.arguments()));
		}
	}

}
