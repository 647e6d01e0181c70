/** Model releases on the topic {@code models}: what is stated, signed, cut into parts and read. */
@NullMarked
package dev.skerry.schemas.release;

import org.jspecify.annotations.NullMarked;
