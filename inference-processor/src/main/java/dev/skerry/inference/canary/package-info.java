/** Whether a model that is tried does as well as the one that answers. */
@NullMarked
package dev.skerry.inference.canary;

import org.jspecify.annotations.NullMarked;
