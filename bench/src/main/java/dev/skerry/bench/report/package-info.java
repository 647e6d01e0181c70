/** Figures as a table, JSON, a chart and a block of the documentation. */
@NullMarked
package dev.skerry.bench.report;

import org.jspecify.annotations.NullMarked;
