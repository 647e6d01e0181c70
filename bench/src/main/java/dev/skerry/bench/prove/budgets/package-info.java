/** The budgets of the selection, tried by killing it: no record too many, none twice. */
@NullMarked
package dev.skerry.bench.prove.budgets;

import org.jspecify.annotations.NullMarked;
