/** Which topics become which tables, and the connectors that do it. */
@NullMarked
package dev.skerry.warehouse.sink;

import org.jspecify.annotations.NullMarked;
