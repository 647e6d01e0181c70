/** The console in a real browser. */
@NullMarked
package dev.skerry.browser;

import org.jspecify.annotations.NullMarked;
