@NullMarked
package dev.skerry.ingest.publish;

import org.jspecify.annotations.NullMarked;
