/** Whether a candidate may take the champion's place, and what is to be expected if it does. */
@NullMarked
package dev.skerry.retrain.gate;

import org.jspecify.annotations.NullMarked;
