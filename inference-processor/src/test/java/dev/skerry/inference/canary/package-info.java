@NullMarked
package dev.skerry.inference.canary;

import org.jspecify.annotations.NullMarked;
