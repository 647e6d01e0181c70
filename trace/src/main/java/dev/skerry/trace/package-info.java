/** Spans to whoever takes OTLP, as OpenTelemetry's own environment variables say. */
@NullMarked
package dev.skerry.trace;

import org.jspecify.annotations.NullMarked;
