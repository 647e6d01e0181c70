/** Dead letters: what was given up, and how it comes back. */
@NullMarked
package dev.skerry.local.letters;

import org.jspecify.annotations.NullMarked;
