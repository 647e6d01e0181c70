@NullMarked
package dev.skerry.ingest.gateway;

import org.jspecify.annotations.NullMarked;
