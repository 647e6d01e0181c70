/** The file that says which devices and streams a site has. */
@NullMarked
package dev.skerry.ingest.devices;

import org.jspecify.annotations.NullMarked;
