/**
 * Puts the catalogue with its ids into a registry that other clients use, and reads every id back.
 */
@NullMarked
package dev.skerry.local.seed;

import org.jspecify.annotations.NullMarked;
