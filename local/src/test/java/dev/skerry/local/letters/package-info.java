@NullMarked
package dev.skerry.local.letters;

import org.jspecify.annotations.NullMarked;
