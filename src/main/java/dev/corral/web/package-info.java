/**
 * What all HTTP APIs share: requests read strictly and within limits, JSON and event streams written, an id for each request, and
 * what went wrong in words for clients.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "conversation", "generation"})
package dev.corral.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
