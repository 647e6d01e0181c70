@NullMarked
package dev.skerry.aggregator.query;

import org.jspecify.annotations.NullMarked;
