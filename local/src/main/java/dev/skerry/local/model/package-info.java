/** Model files on the command line. */
@NullMarked
package dev.skerry.local.model;

import org.jspecify.annotations.NullMarked;
