/**
 * What Skerry promises, tried in earnest and counted by an independent reader; {@code bench/prove
 * NAME}.
 */
@NullMarked
package dev.skerry.bench.prove;

import org.jspecify.annotations.NullMarked;
