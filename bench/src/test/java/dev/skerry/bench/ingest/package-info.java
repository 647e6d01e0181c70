@NullMarked
package dev.skerry.bench.ingest;

import org.jspecify.annotations.NullMarked;
