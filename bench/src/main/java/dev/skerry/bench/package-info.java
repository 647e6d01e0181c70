/** The command line of what is measured and tried; {@code bench/jmh} needs none. */
@NullMarked
package dev.skerry.bench;

import org.jspecify.annotations.NullMarked;
