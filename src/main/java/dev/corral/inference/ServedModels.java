package dev.corral.inference;

import java.util.List;

/** The models of one worker, in the order of their configuration. The gateway routes among all of these beans. */
@FunctionalInterface
public interface ServedModels {

	List<? extends ServedModel> all();

}
