/**
 * What is true of samples: people's labels over HTTP and from a page, and automatic ones. Read
 * {@link dev.skerry.retrain.labels.LabelsService} first.
 */
@NullMarked
package dev.skerry.retrain.labels;

import org.jspecify.annotations.NullMarked;
