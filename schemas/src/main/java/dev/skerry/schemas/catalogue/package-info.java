/**
 * The rules of the schema catalogue: what was released stays, ids mean one schema for ever, and
 * every version can be read by every other. The build checks them; nothing at run time needs them.
 */
@NullMarked
package dev.skerry.schemas.catalogue;

import org.jspecify.annotations.NullMarked;
