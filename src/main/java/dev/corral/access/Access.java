package dev.corral.access;

/** Who may call a route. */
enum Access {

	/** Everybody. It is the same for all, so nobody is asked who they are, and the database need not be there. */
	PUBLIC,

	/** Everybody; who shows a good key is known, and may be told more. */
	OPTIONAL,

	/** Whoever has a key. */
	KEY,

	/** Whoever has a key of an administrator. */
	ADMIN

}
