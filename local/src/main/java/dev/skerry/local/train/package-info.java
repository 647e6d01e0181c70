/** Training on one machine: the simulated fleet and the trainer in one command. */
@NullMarked
package dev.skerry.local.train;

import org.jspecify.annotations.NullMarked;
