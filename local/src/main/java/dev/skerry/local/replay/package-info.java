/** The user's own files as the site's telemetry, and a model that can answer them. */
@NullMarked
package dev.skerry.local.replay;

import org.jspecify.annotations.NullMarked;
