/** The classifier of machine faults: features, training, card. */
@NullMarked
package dev.skerry.retrain.train.vibration;

import org.jspecify.annotations.NullMarked;
