/** The commands that show, compare, check and hand on the schema catalogue. */
@NullMarked
package dev.skerry.local.schemas;

import org.jspecify.annotations.NullMarked;
