/** What is written for each record: a detection, perhaps a candidate, or a dead letter. */
@NullMarked
package dev.skerry.inference.answer;

import org.jspecify.annotations.NullMarked;
