/** Records to bytes and back, in Confluent's wire format with the fixed ids of the catalogue. */
@NullMarked
package dev.skerry.schemas.serde;

import org.jspecify.annotations.NullMarked;
