/** Model files, what they promise, and the native sessions that run them. */
@NullMarked
package dev.skerry.inference.model;

import org.jspecify.annotations.NullMarked;
