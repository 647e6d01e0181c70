/** A client of Confluent's Schema Registry protocol that never costs more than a time-out. */
@NullMarked
package dev.skerry.schemas.registry;

import org.jspecify.annotations.NullMarked;
