/** What keeps tables quick to read: compaction, expiry of snapshots, removal of orphans. */
@NullMarked
package dev.skerry.warehouse.keep;

import org.jspecify.annotations.NullMarked;
