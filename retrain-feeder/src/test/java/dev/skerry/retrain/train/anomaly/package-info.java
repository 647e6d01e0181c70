@NullMarked
package dev.skerry.retrain.train.anomaly;

import org.jspecify.annotations.NullMarked;
