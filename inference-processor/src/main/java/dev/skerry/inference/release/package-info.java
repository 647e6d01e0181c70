/** Model releases as they come in: begin with {@code Releases}. */
@NullMarked
package dev.skerry.inference.release;

import org.jspecify.annotations.NullMarked;
