@NullMarked
package dev.skerry.ingest.intake;

import org.jspecify.annotations.NullMarked;
