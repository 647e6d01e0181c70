/** The gateway as a process: its configuration and its wiring. */
@NullMarked
package dev.skerry.ingest.gateway;

import org.jspecify.annotations.NullMarked;
