package dev.corral.openai;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.event.ContextClosedEvent;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelSource;
import dev.corral.template.FakeTemplate;

/**
 * The server without native code: the model {@code llama} answers as a test tells it to, {@code org/broken} cannot be
 * loaded and {@code slow} never ends loading. No stereotype, so that the scan of the real application passes it by.
 */
@EnableAutoConfiguration
@ComponentScan({"dev.corral.access", "dev.corral.backup", "dev.corral.limits", "dev.corral.usage", "dev.corral.web",
		"dev.corral.openai",
		"dev.corral.anthropic",
		"dev.corral.ollama", "dev.corral.responses", "dev.corral.chat", "dev.corral.generation",
		"dev.corral.conversation",
		"dev.corral.routing", "dev.corral.worker"})
@ConfigurationPropertiesScan({"dev.corral.access", "dev.corral.limits", "dev.corral.routing", "dev.corral.web",
		"dev.corral.contextwindow",
		"dev.corral.generation", "dev.corral.chat"})
public class FakeEngineApplication {

	static final int CONTEXT_TOKENS = 512;

	@Bean
	FakeEngine engine() {
		return new FakeEngine("llama", CONTEXT_TOKENS);
	}

	@Bean
	ModelCatalog catalog() {
		return new ModelCatalog(List.of(model("llama"), model("org/broken"), model("slow")));
	}

	@Bean
	FakeEngineFactory engineFactory(FakeEngine engine) {
		return new FakeEngineFactory(engine);
	}

	private static CatalogModel model(String name) {
		return new CatalogModel(new ModelSource(name, Path.of("/secret", name), CONTEXT_TOKENS, 4), "llama",
				new FakeTemplate(" ", List.of("|")));
	}

	public static final class FakeEngineFactory implements EngineFactory, ApplicationListener<ContextClosedEvent> {

		private final FakeEngine engine;

		private final CountDownLatch loadsLast = new CountDownLatch(1);

		private final CountDownLatch closed = new CountDownLatch(1);

		FakeEngineFactory(FakeEngine engine) {
			this.engine = engine;
		}

		@Override
		public InferenceEngine open(ModelSource source) {
			return switch (source.name()) {
				case "llama" -> engine;
				case "slow" -> {
					loadsLast.countDown();
					await(closed);
					throw new EngineUnavailable("closed while loading");
				}
				default -> throw new EngineUnavailable("no magic in " + source.file());
			};
		}

		/** Waits until every model but the slow one has been loaded. */
		public void awaitModels() {
			await(loadsLast);
		}

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
			closed.countDown();
		}

		private static void await(CountDownLatch latch) {
			try {
				latch.await();
			} catch (InterruptedException interrupted) {
				throw new IllegalStateException(interrupted);
			}
		}

	}

}
