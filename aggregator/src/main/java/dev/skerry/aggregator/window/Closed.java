package dev.skerry.aggregator.window;

/**
 * What a window gave out.
 *
 * @param late false for its final result; true for what came after it closed and is to be added
 */
public record Closed<S>(S sum, boolean late) {}
