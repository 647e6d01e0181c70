/**
 * What is compared: each reads the same topic and writes the same answers, in a process of its own.
 */
@NullMarked
package dev.skerry.bench.subject;

import org.jspecify.annotations.NullMarked;
