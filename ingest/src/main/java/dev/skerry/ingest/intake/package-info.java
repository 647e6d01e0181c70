/** From what was read to what the sender is told: checked, recognised, written, acknowledged. */
@NullMarked
package dev.skerry.ingest.intake;

import org.jspecify.annotations.NullMarked;
