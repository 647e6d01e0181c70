/** What the console reads: topics, offsets, the parts' own figures, single records. */
@NullMarked
package dev.skerry.console.read;

import org.jspecify.annotations.NullMarked;
