@NullMarked
package dev.skerry.schemas.seal;

import org.jspecify.annotations.NullMarked;
