/** The ledger, tried over a real mirror: what is lost and doubled is named, and nothing else. */
@NullMarked
package dev.skerry.bench.prove.ledger;

import org.jspecify.annotations.NullMarked;
