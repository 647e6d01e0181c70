/** A model over telemetry that was answered already, into a topic of its own. */
@NullMarked
package dev.skerry.local.rescore;

import org.jspecify.annotations.NullMarked;
