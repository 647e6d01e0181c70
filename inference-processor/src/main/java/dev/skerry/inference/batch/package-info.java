/** Rows of a model's input, filled from records and scored together. */
@NullMarked
package dev.skerry.inference.batch;

import org.jspecify.annotations.NullMarked;
