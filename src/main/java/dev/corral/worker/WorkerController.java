package dev.corral.worker;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.web.JsonResponse;
import reactor.core.publisher.Mono;

/** What gateways and operators ask of a worker beside replies. */
@RestController
@ConditionalOnProperty(name = "corral.role", havingValue = "worker")
class WorkerController {

	private final EmbeddedWorker worker;

	private final Drain drain;

	WorkerController(EmbeddedWorker worker, Drain drain) {
		this.worker = worker;
		this.drain = drain;
	}

	@GetMapping("/worker/status")
	Mono<Void> status(ServerWebExchange exchange) {
		return JsonResponse.write(exchange.getResponse(),
				new WorkerReport(getClass().getPackage().getImplementationVersion(), worker.startedAt(),
						drain.draining(), worker.models().stream().map(WorkerReport.Model::of).toList()));
	}

	/** Refuses new requests from now on; answers at once, while what runs goes on. */
	@PostMapping("/worker/drain")
	Mono<Void> drain(ServerWebExchange exchange) {
		return draining(exchange, true);
	}

	@PostMapping("/worker/undrain")
	Mono<Void> undrain(ServerWebExchange exchange) {
		return draining(exchange, false);
	}

	private Mono<Void> draining(ServerWebExchange exchange, boolean draining) {
		drain.draining(draining);
		return JsonResponse.write(exchange.getResponse(), new Draining(drain.draining(), drain.running()));
	}

	/** @param running requests that have not ended */
	record Draining(boolean draining, int running) {
	}

}
