package dev.skerry.retrain.labels;

/**
 * Where a record of a topic is.
 *
 * @param partition of the topic, 0 and up
 * @param offset in it, 0 and up
 */
record Place(int partition, long offset) {}
