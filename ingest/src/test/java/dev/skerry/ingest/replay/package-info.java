@NullMarked
package dev.skerry.ingest.replay;

import org.jspecify.annotations.NullMarked;
