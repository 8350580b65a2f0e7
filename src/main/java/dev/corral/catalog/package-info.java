/**
 * The models Corral serves: configuration, GGUF validation and metadata, family and template of each.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template"})
package dev.corral.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
