/** Where the tables are listed. */
@NullMarked
package dev.skerry.warehouse.catalog;

import org.jspecify.annotations.NullMarked;
