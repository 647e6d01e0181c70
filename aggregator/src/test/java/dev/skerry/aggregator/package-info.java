@NullMarked
package dev.skerry.aggregator;

import org.jspecify.annotations.NullMarked;
