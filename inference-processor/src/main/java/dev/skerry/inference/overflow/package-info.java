/** What of the telemetry is left to the cloud while a site is behind. */
@NullMarked
package dev.skerry.inference.overflow;

import org.jspecify.annotations.NullMarked;
