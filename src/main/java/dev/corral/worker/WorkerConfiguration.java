package dev.corral.worker;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Configuration;

import dev.corral.worker.RoleSettings.Role;
import dev.corral.worker.WorkersSettings.Mode;

/** Refuses roles that do not go with the rest of the configuration. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RoleSettings.class, WorkersSettings.class})
class WorkerConfiguration {

	/** @throws WorkerRefused if a gateway should load models, or strangers could reach a worker */
	WorkerConfiguration(RoleSettings role, WorkersSettings workers, ServerProperties server) {
		if (role.role() == Role.GATEWAY && workers.mode() == Mode.EMBEDDED) {
			throw new WorkerRefused("A gateway loads no models, and corral.workers.mode is embedded.",
					"Set corral.workers.mode to process or remote, or corral.role to all.");
		}
		var address = server.getAddress();
		boolean onLoopback = address != null && address.isLoopbackAddress();
		if (role.role() == Role.WORKER && workers.key() == null && !onLoopback) {
			throw new WorkerRefused("Others than this machine could use this worker, and it has no key.",
					"Set corral.workers.key to the same long random text for the worker and its gateways, "
							+ "or server.address to 127.0.0.1.");
		}
	}

}
