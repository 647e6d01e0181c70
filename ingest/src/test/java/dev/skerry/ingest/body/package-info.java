@NullMarked
package dev.skerry.ingest.body;

import org.jspecify.annotations.NullMarked;
