@NullMarked
package dev.skerry.inference.delivery;

import org.jspecify.annotations.NullMarked;
