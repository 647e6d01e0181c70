/** Traces of single records, from part to part, by W3C trace context in the records' headers. */
@NullMarked
package dev.skerry.service.trace;

import org.jspecify.annotations.NullMarked;
