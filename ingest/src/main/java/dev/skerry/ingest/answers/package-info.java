/**
 * Detections back to those who act on them: to devices that have subscribed to their own, and to
 * webhooks, so that a machine can stop itself and people are told.
 */
@NullMarked
package dev.skerry.ingest.answers;

import org.jspecify.annotations.NullMarked;
