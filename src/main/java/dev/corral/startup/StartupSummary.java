package dev.corral.startup;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.corral.access.Openness;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModel.State;
import dev.corral.routing.Workers;

/** Tells once, when the server listens and no model loads any more, what serves whom. */
@Component
class StartupSummary {

	private static final Logger log = LoggerFactory.getLogger(StartupSummary.class);

	private final Environment environment;

	private final Workers workers;

	private final Openness openness;

	private final ObjectProvider<EngineFactory> engines;

	private volatile boolean listening;

	private volatile boolean told;

	StartupSummary(Environment environment, Workers workers, Openness openness,
			ObjectProvider<EngineFactory> engines) {
		this.environment = environment;
		this.workers = workers;
		this.openness = openness;
		this.engines = engines;
	}

	@EventListener(ApplicationReadyEvent.class)
	void listens() {
		listening = true;
	}

	/** Nobody tells when the last model has loaded, in whatever process. */
	@Scheduled(fixedDelay = 500, timeUnit = TimeUnit.MILLISECONDS)
	void look() {
		if (!told && listening && workers.all().stream().map(ServedModel::condition).noneMatch(State.LOADING::equals)) {
			told = true;
			log.info("{}", new SummaryText(environment).of(workers.all(), workers.status(),
					engines.stream().map(EngineFactory::runtimeInWords).findFirst().orElse(""), openness));
		}
	}

}
