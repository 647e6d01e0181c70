@NullMarked
package dev.skerry.aggregator.answers;

import org.jspecify.annotations.NullMarked;
