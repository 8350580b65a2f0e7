package dev.corral.conversation.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.Owner;
import dev.corral.conversation.SharedConversation;
import dev.corral.conversation.Shares;
import reactor.core.publisher.Mono;

/** Links to conversations in the database. Who reads the database learns no token. */
@Component
final class StoredShares implements Shares {

	private static final int TOKEN_BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	private final Database database;

	private final StoredConversations conversations;

	StoredShares(Database database, StoredConversations conversations) {
		this.database = database;
		this.conversations = conversations;
	}

	@Override
	public Mono<String> share(Owner owner, ConversationId conversation) {
		return Mono.defer(() -> {
			var token = token();
			return database.sql("""
				insert into share (token_hash, conversation, leaf, created_at)
				select :hash, c.id, c.leaf, :now from conversation c
				where c.id = :id and c.owner = :owner and c.leaf is not null""").bind("hash", hash(token))
					.bind("now", database.now()).bind("id", conversation.value()).bind("owner", owner.name()).change()
					.flatMap(rows -> rows == 1
							? Mono.just(token)
							: conversations.find(owner, conversation).flatMap(_ -> Mono
									.error(new NotPossible("The conversation has no messages that could be shared."))));
		});
	}

	@Override
	public Mono<Void> revoke(Owner owner, ConversationId conversation) {
		return database.sql("""
			delete from share where conversation in
				(select c.id from conversation c where c.id = :id and c.owner = :owner)""")
				.bind("id", conversation.value()).bind("owner", owner.name()).change()
				.flatMap(rows -> rows > 0 ? Mono.empty() : conversations.find(owner, conversation).then());
	}

	@Override
	public Mono<SharedConversation> find(String token) {
		return Mono.defer(() -> database.sql("select " + ConversationRow.COLUMNS + """
			, s.leaf as shared_leaf from share s join conversation c on c.id = s.conversation
			where s.token_hash = :hash""").bind("hash", hash(token))
				.first(row -> new SharedConversation(ConversationRow.read(row),
						new MessageId(ConversationRow.get(row, "shared_leaf", UUID.class))))
				// A token is as good as a password, so the message shows none.
				.switchIfEmpty(Mono.error(() -> new NotFound("shared conversation", "of this link"))));
	}

	private String token() {
		var bytes = new byte[TOKEN_BYTES];
		random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static String hash(String token) {
		try {
			return HexFormat.of().formatHex(
					MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		} catch (NoSuchAlgorithmException missing) {
			throw new IllegalStateException(missing);
		}
	}

}
