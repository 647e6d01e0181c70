/** JMH benchmarks of single steps; {@code bench/jmh [regex] [JMH's options]} runs them. */
@NullMarked
package dev.skerry.bench.jmh;

import org.jspecify.annotations.NullMarked;
