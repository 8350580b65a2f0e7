/**
 * The HTTP edge in the shape of Anthropic's Messages API. JSON ends here: everything behind it is typed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "generation", "web"})
package dev.corral.anthropic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
