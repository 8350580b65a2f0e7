/**
 * Who may call, and what: API keys, access tokens of an OpenID Connect issuer, signed-in browsers, a rule for every route, and the guard against requests of foreign pages.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "web"})
package dev.corral.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
