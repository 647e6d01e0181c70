/** Which models answer at the moment, and how workers go over from one to the next. */
@NullMarked
package dev.skerry.inference.lineup;

import org.jspecify.annotations.NullMarked;
