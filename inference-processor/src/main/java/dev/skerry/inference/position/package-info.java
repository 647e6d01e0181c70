/** Where in the log a worker reads, and what it does when that place is gone. */
@NullMarked
package dev.skerry.inference.position;

import org.jspecify.annotations.NullMarked;
