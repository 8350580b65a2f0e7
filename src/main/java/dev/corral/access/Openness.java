package dev.corral.access;

/** To whom this server is open now. Safe for any thread. */
public interface Openness {

	/** Whether only programs on this machine can reach it. */
	boolean onLoopback();

	/** Whether callers need a key. */
	boolean keysNeeded();

}
