/**
 * What was written and what arrived, minute by minute: the proof that the mirror lost nothing and
 * doubled nothing. Read {@link dev.skerry.aggregator.ledger.LedgerTopology} first.
 */
@NullMarked
package dev.skerry.aggregator.ledger;

import org.jspecify.annotations.NullMarked;
