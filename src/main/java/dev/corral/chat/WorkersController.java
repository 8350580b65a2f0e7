package dev.corral.chat;

import java.lang.management.ManagementFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.NotFound;
import dev.corral.generation.Replies;
import dev.corral.routing.WorkerStatus;
import dev.corral.routing.Workers;
import reactor.core.publisher.Mono;

/** Tells those who run the server what its workers are doing, and has them drain. */
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

	/** The worker takes nothing more; answers at once, while what runs goes on. */
	@PostMapping("/api/workers/{name}/drain")
	Mono<Void> drain(@PathVariable String name, ServerWebExchange exchange) {
		return draining(name, true, exchange);
	}

	@PostMapping("/api/workers/{name}/undrain")
	Mono<Void> undrain(@PathVariable String name, ServerWebExchange exchange) {
		return draining(name, false, exchange);
	}

	private Mono<Void> draining(String name, boolean draining, ServerWebExchange exchange) {
		return Mono.defer(() -> {
			var worker = workers.worker(name).orElseThrow(() -> new NotFound("worker", name));
			return worker.drain(draining).then(Mono.defer(
					() -> Answers.write(exchange, WorkersAnswer.Worker.of(WorkerStatus.of(worker)))));
		});
	}

	private WorkersAnswer.Server server() {
		var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		var uptime = ManagementFactory.getRuntimeMXBean().getUptime();
		return new WorkersAnswer.Server(getClass().getPackage().getImplementationVersion(), uptime / 1000,
				heap.getUsed(), heap.getMax(), replies.running());
	}

}
