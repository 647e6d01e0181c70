@NullMarked
package dev.skerry.ingest.auth;

import org.jspecify.annotations.NullMarked;
