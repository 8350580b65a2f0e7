package dev.corral.routing;

import java.util.List;

import dev.corral.inference.ServedModel;

/** Makes routers for the tests of other modules. */
public final class Routers {

	private Routers() {
	}

	public static ModelRouter to(ServedModel... models) {
		return new ModelRouter(() -> List.of(models));
	}

}
