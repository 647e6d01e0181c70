@NullMarked
package dev.skerry.ingest.simulate;

import org.jspecify.annotations.NullMarked;
