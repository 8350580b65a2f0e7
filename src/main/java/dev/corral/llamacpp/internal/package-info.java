/**
 * llama.cpp's C API as Java objects that own what they hold. The only package that touches native memory.
 */
@NullMarked
package dev.corral.llamacpp.internal;

import org.jspecify.annotations.NullMarked;
