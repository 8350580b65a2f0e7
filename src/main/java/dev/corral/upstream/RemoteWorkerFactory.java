package dev.corral.upstream;

import java.net.URI;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.Worker;
import dev.corral.worker.WorkersSettings;
import dev.corral.worker.WorkersSettings.Remote;

/** Makes workers of addresses, with the catalog's models and the settings that hold for all. */
@Component
final class RemoteWorkerFactory {

	private final WorkersSettings settings;

	private final ModelCatalog catalog;

	private final Tokenizers tokenizers;

	RemoteWorkerFactory(WorkersSettings settings, ModelCatalog catalog, Tokenizers tokenizers) {
		this.settings = settings;
		this.catalog = catalog;
		this.tokenizers = tokenizers;
	}

	/**
	 * A worker that nobody looks at yet.
	 *
	 * @param url where it is; that of {@code remote} may be a name for several
	 */
	RemoteWorker create(String name, Worker.Kind kind, URI url, Remote remote) {
		var key = remote.key() == null ? settings.key() : remote.key();
		var connection = new Connection("worker-" + name, url, key, settings.probeTimeout());
		var wire = new CorralWire(connection, settings.readTimeout());
		return new RemoteWorker(name, kind, wire, models(remote, wire), settings.probeInterval(),
				settings.probeTimeout());
	}

	private List<RemoteModel> models(Remote remote, Wire wire) {
		var names = remote.models();
		return catalog.all().stream().filter(model -> names.isEmpty() || names.containsKey(model.name()))
				.map(model -> new RemoteModel(model, names.getOrDefault(model.name(), model.name()), wire, tokenizers))
				.toList();
	}

}
