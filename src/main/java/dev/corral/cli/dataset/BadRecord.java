package dev.corral.cli.dataset;

/** A record is no conversation; the message continues the record's name. */
class BadRecord extends RuntimeException {

	BadRecord(String message) {
		super(message);
	}

}
