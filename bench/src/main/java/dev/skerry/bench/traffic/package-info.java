/** Telemetry into the topic, answers out of it, and how far a group has come. */
@NullMarked
package dev.skerry.bench.traffic;

import org.jspecify.annotations.NullMarked;
