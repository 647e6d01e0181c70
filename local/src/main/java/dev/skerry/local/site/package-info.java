/** The site as a whole: where it lives, what it is made of, how it starts and stops. */
@NullMarked
package dev.skerry.local.site;

import org.jspecify.annotations.NullMarked;
