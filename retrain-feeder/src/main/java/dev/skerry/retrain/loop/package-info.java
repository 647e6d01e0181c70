/** The circle, in the cloud: when to train, on what, and what becomes of the candidate. */
@NullMarked
package dev.skerry.retrain.loop;

import org.jspecify.annotations.NullMarked;
