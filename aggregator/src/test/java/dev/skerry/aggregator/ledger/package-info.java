@NullMarked
package dev.skerry.aggregator.ledger;

import org.jspecify.annotations.NullMarked;
