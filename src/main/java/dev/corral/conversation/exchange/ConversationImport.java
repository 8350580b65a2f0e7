package dev.corral.conversation.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import dev.corral.conversation.ConversationFailure;
import dev.corral.conversation.ConversationImports;
import dev.corral.conversation.Owner;
import dev.corral.inference.InvalidParameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes conversations from files into the store. One conversation is read when the one before it is stored, so that memory does not grow
 * with the file; files are read on threads that may wait.
 */
public class ConversationImport {

	private final ConversationImports store;

	private final ExchangeLimits limits;

	public ConversationImport(ConversationImports store, ExchangeLimits limits) {
		this.store = store;
		this.limits = limits;
	}

	/**
	 * Imports what somebody sends. It is put into a temporary file first, which is gone when the results end.
	 *
	 * @param upload its buffers are released
	 * @param format {@code null} to find out
	 * @param maxBytes longest upload
	 * @return one result for each conversation, in order; {@link BrokenFile} (as an error signal) if the upload is longer or cannot be read,
	 * or not any further: what was imported before stays
	 */
	public Flux<ImportResult> upload(Owner owner, Flux<DataBuffer> upload, @Nullable ConversationFormat format,
			ImportModels models, long maxBytes) {
		return Flux.usingWhen(Mono.fromCallable(() -> Files.createTempFile("corral-import-", ".json"))
				.subscribeOn(Schedulers.boundedElastic()),
				file -> DataBufferUtils.write(bounded(upload, maxBytes), file)
						.thenMany(Flux.defer(() -> file(owner, file, format, models))),
				ConversationImport::delete);
	}

	/** The same for a file, which stays. */
	public Flux<ImportResult> file(Owner owner, Path file, @Nullable ConversationFormat format, ImportModels models) {
		return store(owner, records(() -> ConversationReader.open(file, format, limits)), models);
	}

	/** Asks for a record when the one before it is stored. */
	Flux<ImportResult> store(Owner owner, Flux<ImportedRecord> records, ImportModels models) {
		return records.concatMap(record -> store(owner, record, models), 1);
	}

	/** Reads as many records as are asked for. */
	static Flux<ImportedRecord> records(Callable<ConversationReader> opened) {
		return Flux.<ImportedRecord, ConversationReader>generate(opened, (reader, sink) -> {
			var next = reader.next();
			if (next == null) {
				sink.complete();
			} else {
				sink.next(next);
			}
			return reader;
		}, ConversationReader::close).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<ImportResult> store(Owner owner, ImportedRecord record, ImportModels models) {
		return switch (record) {
			case ImportedRecord.Refused(long number, String problem) ->
				Mono.just(new ImportResult.Refused(number, problem));
			case ImportedRecord.Found found -> {
				var conversation = found.conversation().withModel(models.choose(found.conversation().model()));
				yield store.importTree(owner, conversation)
						.<ImportResult>map(stored -> new ImportResult.Imported(found.number(), stored.id(),
								stored.title(), conversation.messages().size()))
						.onErrorResume(ConversationImport::concernsOne,
								failure -> Mono.just(new ImportResult.Refused(found.number(),
										"it was not stored: " + failure.getMessage())));
			}
		};
	}

	/** Whether the next conversation may be stored all the same. */
	private static boolean concernsOne(Throwable failure) {
		return failure instanceof ConversationFailure || failure instanceof InvalidParameter;
	}

	private static Flux<DataBuffer> bounded(Flux<DataBuffer> upload, long maxBytes) {
		return Flux.defer(() -> {
			var bytes = new long[1];
			return upload.map(buffer -> {
				bytes[0] += buffer.readableByteCount();
				if (bytes[0] > maxBytes) {
					DataBufferUtils.release(buffer);
					throw new BrokenFile("The file may have %d bytes, but has more.".formatted(maxBytes));
				}
				return buffer;
			});
		});
	}

	private static Mono<Void> delete(Path file) {
		return Mono.<Void>fromRunnable(() -> {
			try {
				Files.deleteIfExists(file);
			} catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}).subscribeOn(Schedulers.boundedElastic());
	}

}
