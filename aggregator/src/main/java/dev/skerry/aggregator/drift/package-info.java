/** Drift: how far what models are given and say has moved from their references. */
@NullMarked
package dev.skerry.aggregator.drift;

import org.jspecify.annotations.NullMarked;
