/** Centrifugal pumps that circulate water, and what goes wrong with them. */
@NullMarked
package dev.skerry.ingest.simulate.pump;

import org.jspecify.annotations.NullMarked;
