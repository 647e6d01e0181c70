/**
 * The proof at the site that each telemetry record has exactly one answer. Read {@link
 * dev.skerry.aggregator.answers.AnswerLedger} first.
 */
@NullMarked
package dev.skerry.aggregator.answers;

import org.jspecify.annotations.NullMarked;
