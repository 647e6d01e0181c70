@NullMarked
package dev.skerry.local.loop;

import org.jspecify.annotations.NullMarked;
