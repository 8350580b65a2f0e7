/**
 * Conversations that are kept: the message tree and its store.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "contextwindow", "template"})
package dev.corral.conversation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
