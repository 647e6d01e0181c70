/** A seeded fleet of rotating machines with physically modelled vibration. */
@NullMarked
package dev.skerry.ingest.simulate;

import org.jspecify.annotations.NullMarked;
