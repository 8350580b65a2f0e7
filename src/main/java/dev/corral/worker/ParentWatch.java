package dev.corral.worker;

import java.io.IOException;
import java.io.InputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends a worker that a gateway has started when its standard input ends, which it does whenever the gateway is gone, even by SIGKILL.
 */
@Component
@ConditionalOnProperty(name = "corral.workers.ends-with-input", havingValue = "true")
class ParentWatch implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ParentWatch.class);

	private volatile boolean running;

	@Override
	public void start() {
		running = true;
		Thread.ofPlatform().name("corral-parent-watch").daemon().start(() -> endWith(System.in));
	}

	@Override
	public void stop() {
		running = false;
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	private static void endWith(InputStream input) {
		try {
			while (input.read() >= 0) {
				// Nothing is said that way.
			}
		} catch (IOException broken) {
			log.debug("Standard input broke", broken);
		}
		log.info("The gateway is gone, and so is its worker");
		System.exit(0);
	}

}
