@NullMarked
package dev.skerry.ingest.simulate.pump;

import org.jspecify.annotations.NullMarked;
