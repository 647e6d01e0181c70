/** What a body of bytes says: telemetry, or what is wrong with it and where. */
@NullMarked
package dev.skerry.ingest.body;

import org.jspecify.annotations.NullMarked;
