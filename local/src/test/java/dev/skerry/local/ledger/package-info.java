@NullMarked
package dev.skerry.local.ledger;

import org.jspecify.annotations.NullMarked;
