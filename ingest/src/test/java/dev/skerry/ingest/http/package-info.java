@NullMarked
package dev.skerry.ingest.http;

import org.jspecify.annotations.NullMarked;
