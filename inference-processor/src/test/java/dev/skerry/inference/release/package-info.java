@NullMarked
package dev.skerry.inference.release;

import org.jspecify.annotations.NullMarked;
