/** The one-machine site and its command line. */
@NullMarked
package dev.skerry.local;

import org.jspecify.annotations.NullMarked;
