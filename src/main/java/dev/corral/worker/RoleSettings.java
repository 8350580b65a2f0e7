package dev.corral.worker;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this process is.
 *
 * @param role what this process does of what Corral does
 */
@ConfigurationProperties("corral")
record RoleSettings(@DefaultValue("all") Role role) {

	/** Parts of Corral that can be a process of their own. */
	enum Role {

		/** A gateway, with its models in this process unless {@code corral.workers.mode} says otherwise. */
		ALL,

		/** A gateway that never loads a model. */
		GATEWAY,

		/** Loads models and serves gateways, nobody else. */
		WORKER

	}

}
