/** What the numbers that a model gives for a record mean, and whether there is doubt about it. */
@NullMarked
package dev.skerry.inference.task;

import org.jspecify.annotations.NullMarked;
