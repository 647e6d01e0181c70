/** Cameras over parts with surface defects, seeded and labelled. */
@NullMarked
package dev.skerry.ingest.simulate.camera;

import org.jspecify.annotations.NullMarked;
