/**
 * Conversation templates: how the messages of a conversation become the prompt that a model family was trained on.
 * Families are data ({@code families.yml}); for the rest the Jinja template inside the GGUF file is rendered.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference"})
package dev.corral.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
