/** Processes that are measured from outside: a broker, a worker. */
@NullMarked
package dev.skerry.bench.process;

import org.jspecify.annotations.NullMarked;
