package dev.corral.chat;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.constraints.NotNull;

/**
 * Limits of the API of stored conversations, as {@code corral.chat} says.
 *
 * @param maxImport longest file of conversations that is taken in
 */
@Validated
@ConfigurationProperties("corral.chat")
record ChatSettings(@NotNull DataSize maxImport) {
}
