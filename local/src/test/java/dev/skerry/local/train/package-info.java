@NullMarked
package dev.skerry.local.train;

import org.jspecify.annotations.NullMarked;
