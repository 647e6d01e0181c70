@NullMarked
package dev.skerry.retrain.train.vibration;

import org.jspecify.annotations.NullMarked;
