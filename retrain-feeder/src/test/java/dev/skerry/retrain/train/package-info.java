@NullMarked
package dev.skerry.retrain.train;

import org.jspecify.annotations.NullMarked;
