/**
 * Prepares training data: conversations cut into pieces that a model can be trained on whole.
 */
@NullMarked
package dev.corral.cli.dataset;

import org.jspecify.annotations.NullMarked;
