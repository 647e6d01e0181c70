/** From telemetry to model files: features, training, judgement, model cards. */
@NullMarked
package dev.skerry.retrain.train;

import org.jspecify.annotations.NullMarked;
