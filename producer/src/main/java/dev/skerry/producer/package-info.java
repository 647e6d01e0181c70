/** What a device program sends telemetry with: {@link dev.skerry.producer.TelemetryProducer}. */
@NullMarked
package dev.skerry.producer;

import org.jspecify.annotations.NullMarked;
