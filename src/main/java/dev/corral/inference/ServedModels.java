package dev.corral.inference;

import java.util.List;

/** The models of this server, each once, however many workers serve it, in the order of their configuration. Safe for any thread. */
@FunctionalInterface
public interface ServedModels {

	List<? extends ServedModel> all();

}
