package dev.corral.template;

/** Who speaks in a message. */
public enum Role {

	SYSTEM, USER, ASSISTANT

}
