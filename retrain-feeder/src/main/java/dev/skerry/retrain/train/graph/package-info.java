/** Model graphs: built, written to files, run. */
@NullMarked
package dev.skerry.retrain.train.graph;

import org.jspecify.annotations.NullMarked;
