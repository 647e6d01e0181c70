/** SQL over the tables, in a process that ends with the question. */
@NullMarked
package dev.skerry.warehouse.sql;

import org.jspecify.annotations.NullMarked;
