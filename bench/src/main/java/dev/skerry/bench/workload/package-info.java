/** The models and the telemetry that a comparison runs on, all from a seed. */
@NullMarked
package dev.skerry.bench.workload;

import org.jspecify.annotations.NullMarked;
