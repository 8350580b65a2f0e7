package dev.corral.chat;

import java.lang.management.ManagementFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.Replies;
import dev.corral.routing.Workers;
import reactor.core.publisher.Mono;

/** Tells those who run the server what its workers are doing. */
@RestController
class WorkersController {

	private final Workers workers;

	private final Replies replies;

	WorkersController(Workers workers, Replies replies) {
		this.workers = workers;
		this.replies = replies;
	}

	@GetMapping("/api/workers")
	Mono<Void> list(ServerWebExchange exchange) {
		return Answers.write(exchange, WorkersAnswer.of(workers.status(), server()));
	}

	private WorkersAnswer.Server server() {
		var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		var uptime = ManagementFactory.getRuntimeMXBean().getUptime();
		return new WorkersAnswer.Server(getClass().getPackage().getImplementationVersion(), uptime / 1000,
				heap.getUsed(), heap.getMax(), replies.running());
	}

}
