/** Telemetry as training data. */
@NullMarked
package dev.skerry.retrain.train.data;

import org.jspecify.annotations.NullMarked;
