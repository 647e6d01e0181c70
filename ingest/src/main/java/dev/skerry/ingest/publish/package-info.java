/** Telemetry from an iterator, at the pace of its event times, to Kafka or to an Avro file. */
@NullMarked
package dev.skerry.ingest.publish;

import org.jspecify.annotations.NullMarked;
