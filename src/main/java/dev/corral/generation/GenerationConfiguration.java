package dev.corral.generation;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What this module needs of the framework. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class GenerationConfiguration {
}
