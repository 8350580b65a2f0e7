package dev.corral.cli.model;

/** A model file cannot be used; the message is one line for people. */
public class ModelUnusable extends RuntimeException {

	ModelUnusable(String message) {
		super(message);
	}

}
