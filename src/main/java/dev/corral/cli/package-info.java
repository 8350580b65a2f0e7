/**
 * The command line of the jar: everything it does beside serving.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "catalog", "catalog :: gguf",
		"conversation :: exchange", "conversation :: backup", "access :: keys", "usage :: totals"})
package dev.corral.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
