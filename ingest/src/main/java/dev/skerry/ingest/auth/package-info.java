/** Who sends: tokens, certificates, and nobody in particular. */
@NullMarked
package dev.skerry.ingest.auth;

import org.jspecify.annotations.NullMarked;
