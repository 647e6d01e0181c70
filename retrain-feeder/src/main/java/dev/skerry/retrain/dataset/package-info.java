/** Samples and labels, as they come, become versions of datasets that never change. */
@NullMarked
package dev.skerry.retrain.dataset;

import org.jspecify.annotations.NullMarked;
