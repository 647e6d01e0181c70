/** Images as a model's input. */
@NullMarked
package dev.skerry.inference.frame;

import org.jspecify.annotations.NullMarked;
