/** Keeps out what bears the name of a site that did not write it. */
@NullMarked
package dev.skerry.aggregator.seal;

import org.jspecify.annotations.NullMarked;
