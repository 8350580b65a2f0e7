package dev.corral.web;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/**
 * Limits of all HTTP APIs. The defaults are in {@code application.yml}.
 *
 * @param keepAlive a stream that was silent for this long gets a comment
 * @param maxBody largest request body
 * @param headTimeout how long a request's line and headers may take to arrive
 * @param bodyTimeout how long a request's body may take to arrive
 * @param maxMessages most messages in one request
 */
@Validated
@ConfigurationProperties("corral.api")
public record ApiSettings(@NotNull @DurationMin(millis = 1) Duration keepAlive, @NotNull DataSize maxBody,
		@NotNull @DurationMin(millis = 1) Duration headTimeout,
		@NotNull @DurationMin(millis = 1) Duration bodyTimeout, @Positive int maxMessages) {
}
