package dev.corral.template;

/** Who speaks in a message; a tool speaks with the result of a call. */
public enum Role {

	SYSTEM, USER, ASSISTANT, TOOL

}
