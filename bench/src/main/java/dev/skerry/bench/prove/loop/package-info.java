/** The circle from doubts to a better model, timed and measured. */
@NullMarked
package dev.skerry.bench.prove.loop;

import org.jspecify.annotations.NullMarked;
