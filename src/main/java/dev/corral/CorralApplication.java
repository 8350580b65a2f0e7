package dev.corral;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Corral: a gateway with an embedded worker that serves the configured models. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CorralApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(CorralApplication.class, arguments);
	}

}
