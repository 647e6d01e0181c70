/** Iceberg's files on a local disk. */
@NullMarked
package dev.skerry.warehouse.file;

import org.jspecify.annotations.NullMarked;
