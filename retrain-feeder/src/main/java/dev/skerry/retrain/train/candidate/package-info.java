/** From a version of a dataset to a candidate: the embedded trainer, or any program. */
@NullMarked
package dev.skerry.retrain.train.candidate;

import org.jspecify.annotations.NullMarked;
