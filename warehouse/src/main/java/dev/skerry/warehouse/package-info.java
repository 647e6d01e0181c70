/**
 * What reaches the cloud as Iceberg tables. Read {@link dev.skerry.warehouse.WarehouseService}
 * first.
 */
@NullMarked
package dev.skerry.warehouse;

import org.jspecify.annotations.NullMarked;
