/** Topics of the catalogue at a broker: made, read, printed. */
@NullMarked
package dev.skerry.local.topic;

import org.jspecify.annotations.NullMarked;
