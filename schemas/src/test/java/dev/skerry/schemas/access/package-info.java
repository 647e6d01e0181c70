@NullMarked
package dev.skerry.schemas.access;

import org.jspecify.annotations.NullMarked;
