@NullMarked
package dev.skerry.aggregator.sum;

import org.jspecify.annotations.NullMarked;
