@NullMarked
package dev.skerry.ingest.devices;

import org.jspecify.annotations.NullMarked;
