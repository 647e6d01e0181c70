@NullMarked
package dev.skerry.aggregator.fleet;

import org.jspecify.annotations.NullMarked;
