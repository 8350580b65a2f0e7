package dev.corral.routing;

import dev.corral.inference.ServedModel;
import dev.corral.inference.Worker;

/** A model as one worker knows it, loaded or not. */
record Copy(Worker worker, ServedModel model) {
}
