/** {@code ./skerry dataset}: what was made of samples and labels. */
@NullMarked
package dev.skerry.local.dataset;

import org.jspecify.annotations.NullMarked;
