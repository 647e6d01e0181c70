/** Restarts tasks that failed, and says so. */
@NullMarked
package dev.skerry.warehouse.watch;

import org.jspecify.annotations.NullMarked;
