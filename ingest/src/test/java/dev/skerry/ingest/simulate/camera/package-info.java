@NullMarked
package dev.skerry.ingest.simulate.camera;

import org.jspecify.annotations.NullMarked;
