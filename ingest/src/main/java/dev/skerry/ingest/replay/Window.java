package dev.skerry.ingest.replay;

import java.util.List;
import java.util.Optional;

/**
 * A whole window of one device.
 *
 * @param endNanos the time of its last row, since 1970
 * @param sampleRateHz rows per second; 0 where they are not evenly spaced
 * @param values channels x steps, channel by channel
 * @param labels one per label column; empty where all of its cells were
 */
@SuppressWarnings("ArrayRecordComponent") // Thousands of floats; never compared, never changed.
record Window(long endNanos, float sampleRateHz, float[] values, List<Optional<String>> labels) {}
