/** How good a model is, and how good a plain threshold would have been. */
@NullMarked
package dev.skerry.retrain.train.judge;

import org.jspecify.annotations.NullMarked;
