/** A throwaway certificate authority, so that a site on one machine can do what a real one does. */
@NullMarked
package dev.skerry.local.certificate;

import org.jspecify.annotations.NullMarked;
