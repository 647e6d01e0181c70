/** The flow from telemetry to answers: begin with {@code InferenceWorker}. */
@NullMarked
package dev.skerry.inference;

import org.jspecify.annotations.NullMarked;
