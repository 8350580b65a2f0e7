package dev.corral.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.backup.Backup;
import dev.corral.web.RequestRefused;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives administrators all that is stored as one file, as fast as they take it. */
@RestController
class BackupController {

	static final String PATH = "/api/backup";

	private static final Logger log = LoggerFactory.getLogger(BackupController.class);

	private static final MediaType GZIP = MediaType.valueOf("application/gzip");

	private static final int CHUNK_BYTES = 65_536;

	private final Backup backup;

	private final AtomicBoolean running = new AtomicBoolean();

	/** Reads the database, which blocks. */
	private final Executor threads = work -> Thread.ofVirtual().name("corral-backup").start(work);

	BackupController(Backup backup) {
		this.backup = backup;
	}

	/** One at a time: each keeps a connection and an old state of the database for as long as its reader takes. */
	@GetMapping(PATH)
	Mono<Void> backup(ServerWebExchange exchange) {
		if (!running.compareAndSet(false, true)) {
			throw new RequestRefused(HttpStatus.CONFLICT, "not_possible", "Another backup is being taken.");
		}
		var response = exchange.getResponse();
		response.getHeaders().setContentType(GZIP);
		response.getHeaders().setCacheControl("no-store");
		response.getHeaders()
				.setContentDisposition(ContentDisposition.attachment().filename("corral.backup").build());
		return response.writeWith(Flux.from(DataBufferUtils.outputStreamPublisher(this::write,
				response.bufferFactory(), threads, CHUNK_BYTES))).doFinally(_ -> running.set(false));
	}

	private void write(OutputStream output) {
		try {
			var summary = backup.write(output);
			log.info("A backup of {} rows was taken", summary.rows());
		} catch (IOException gone) {
			throw new UncheckedIOException(gone);
		}
	}

}
