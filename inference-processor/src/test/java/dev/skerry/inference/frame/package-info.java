@NullMarked
package dev.skerry.inference.frame;

import org.jspecify.annotations.NullMarked;
