/** Certificates from files that are read again when they change. */
@NullMarked
package dev.skerry.service.tls;

import org.jspecify.annotations.NullMarked;
