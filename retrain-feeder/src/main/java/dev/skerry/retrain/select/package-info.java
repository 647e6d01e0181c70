/**
 * Which candidates become samples, within a site's budgets. Read {@link
 * dev.skerry.retrain.select.SelectTopology} first.
 */
@NullMarked
package dev.skerry.retrain.select;

import org.jspecify.annotations.NullMarked;
