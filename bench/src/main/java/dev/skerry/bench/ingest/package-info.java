/** The gateway beside the least that any gateway of its kind does. */
@NullMarked
package dev.skerry.bench.ingest;

import org.jspecify.annotations.NullMarked;
