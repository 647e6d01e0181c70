@NullMarked
package dev.skerry.local.rescore;

import org.jspecify.annotations.NullMarked;
