/**
 * The store of conversations: the ports of the package above on H2 or PostgreSQL.
 */
@NullMarked
package dev.corral.conversation.store;

import org.jspecify.annotations.NullMarked;
