/** The ledger's verdicts, for people. */
@NullMarked
package dev.skerry.local.ledger;

import org.jspecify.annotations.NullMarked;
