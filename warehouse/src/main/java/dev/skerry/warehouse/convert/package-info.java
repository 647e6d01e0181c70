/** Avro in Confluent's wire format to Kafka Connect's values and back. */
@NullMarked
package dev.skerry.warehouse.convert;

import org.jspecify.annotations.NullMarked;
