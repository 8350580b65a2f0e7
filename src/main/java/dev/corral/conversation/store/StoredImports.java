package dev.corral.conversation.store;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.ConversationImports;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.Owner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes whole conversations into the database. */
@Component
final class StoredImports implements ConversationImports {

	/** Messages that go to the database at once. */
	private static final int CHUNK = 200;

	private final Database database;

	StoredImports(Database database) {
		this.database = database;
	}

	@Override
	public Mono<Conversation> importTree(Owner owner, ImportedConversation conversation) {
		return database.transaction(() -> {
			var tree = new ImportedTree(conversation, database.now().toInstant());
			var made = conversation(owner, conversation, tree);
			var rows = tree.rows(owner, made.id());
			return insert(made).thenMany(Flux.fromIterable(rows).buffer(CHUNK).concatMap(this::insert, 1))
					.then(Mono.just(made));
		});
	}

	private static Conversation conversation(Owner owner, ImportedConversation imported, ImportedTree tree) {
		var model = imported.model();
		if (model == null) {
			throw new IllegalArgumentException("the conversation has no model");
		}
		var title = Text.storable("title", imported.title(), Conversation.MAX_TITLE_LENGTH);
		return new Conversation(ConversationId.next(), owner, title == null || title.isEmpty() ? null : title,
				String.valueOf(Text.storable("model", model, Text.MAX_MODEL)),
				Text.storable("system", imported.system(), Text.MAX_CONTENT), imported.parameters(), imported.pinned(),
				imported.archived(), imported.metadata(), tree.leaf(), null, tree.createdAt(), tree.updatedAt(), 0);
	}

	private Mono<Void> insert(Conversation made) {
		var leaf = made.leaf();
		return database
				.sql("""
					insert into conversation (id, owner, title, model, system_message, parameters, pinned, archived, metadata, leaf,
						created_at, updated_at, version)
					values (:id, :owner, :title, :model, :system, :parameters, :pinned, :archived, :metadata, :leaf, :created,
						:updated, 0)""")
				.bind("id", made.id().value()).bind("owner", made.owner().name()).bind("title", made.title())
				.bind("model", made.model()).bind("system", made.system())
				.bind("parameters", StoredJson.write(made.parameters())).bind("pinned", made.pinned())
				.bind("archived", made.archived())
				.bind("metadata",
						Text.storable("metadata", StoredJson.write(made.metadata()), Text.MAX_METADATA))
				.bind("leaf", leaf == null ? null : leaf.value()).bind("created", made.createdAt())
				.bind("updated", made.updatedAt()).run();
	}

	private Mono<Void> insert(List<ImportedRow> rows) {
		return database.client().inConnectionMany(connection -> {
			var statement = connection.createStatement(ImportedRow.SQL);
			for (int index = 0; index < rows.size(); index++) {
				if (index > 0) {
					statement.add();
				}
				rows.get(index).bind(statement);
			}
			return Flux.from(statement.execute()).concatMap(result -> result.getRowsUpdated());
		}).then();
	}

}
