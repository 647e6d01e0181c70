/** Windows: what they add up, when they close, and what comes too late. */
@NullMarked
package dev.skerry.aggregator.window;

import org.jspecify.annotations.NullMarked;
