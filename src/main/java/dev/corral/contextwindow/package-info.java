/**
 * Token budgets and window policies: which messages of a conversation go to the model.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template"})
package dev.corral.contextwindow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
