@NullMarked
package dev.skerry.ingest;

import org.jspecify.annotations.NullMarked;
