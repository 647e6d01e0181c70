@NullMarked
package dev.skerry.aggregator.drift;

import org.jspecify.annotations.NullMarked;
