/** The tables in PostgreSQL instead, by Debezium's sink connector. */
@NullMarked
package dev.skerry.warehouse.jdbc;

import org.jspecify.annotations.NullMarked;
