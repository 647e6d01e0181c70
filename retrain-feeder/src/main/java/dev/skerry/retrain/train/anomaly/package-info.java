/** The anomaly model for readings that nobody has labelled: features, fitting, judgement. */
@NullMarked
package dev.skerry.retrain.train.anomaly;

import org.jspecify.annotations.NullMarked;
