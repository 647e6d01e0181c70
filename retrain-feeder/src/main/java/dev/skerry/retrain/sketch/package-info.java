/**
 * What payloads look like, coarsely: to tell near-duplicates apart, and to say it in few numbers.
 */
@NullMarked
package dev.skerry.retrain.sketch;

import org.jspecify.annotations.NullMarked;
