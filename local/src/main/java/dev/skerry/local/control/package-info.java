/** What the console of a site on this machine may order, to try what the site does then. */
@NullMarked
package dev.skerry.local.control;

import org.jspecify.annotations.NullMarked;
