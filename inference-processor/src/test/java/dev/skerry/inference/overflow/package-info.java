@NullMarked
package dev.skerry.inference.overflow;

import org.jspecify.annotations.NullMarked;
