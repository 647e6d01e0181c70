@NullMarked
package dev.skerry.aggregator.seal;

import org.jspecify.annotations.NullMarked;
