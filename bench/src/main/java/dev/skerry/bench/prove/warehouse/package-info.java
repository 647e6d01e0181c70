/**
 * Whether the warehouse has every record once, whatever happens to it; read WarehouseProof first.
 */
@NullMarked
package dev.skerry.bench.prove.warehouse;

import org.jspecify.annotations.NullMarked;
