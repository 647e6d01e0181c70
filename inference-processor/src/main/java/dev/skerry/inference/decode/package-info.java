/** Bytes of telemetry to a view of them that a model can be fed from. */
@NullMarked
package dev.skerry.inference.decode;

import org.jspecify.annotations.NullMarked;
