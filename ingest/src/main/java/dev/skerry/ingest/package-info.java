/**
 * Telemetry into Kafka: the command line with its two commands, {@code replay} (files as devices)
 * and {@code simulate} (a fleet of machines).
 */
@NullMarked
package dev.skerry.ingest;

import org.jspecify.annotations.NullMarked;
