@NullMarked
package dev.skerry.schemas.release;

import org.jspecify.annotations.NullMarked;
