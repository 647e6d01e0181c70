/** Who wrote a record of a topic that many sites share: what no broker tells its readers. */
@NullMarked
package dev.skerry.schemas.seal;

import org.jspecify.annotations.NullMarked;
