/** From doubts to samples to better models: selection under budgets, training. */
@NullMarked
package dev.skerry.retrain;

import org.jspecify.annotations.NullMarked;
