/** Retraining samples as rows: what of the telemetry goes into the warehouse. */
@NullMarked
package dev.skerry.warehouse.sample;

import org.jspecify.annotations.NullMarked;
