/** What can be asked over HTTP while windows are still open. */
@NullMarked
package dev.skerry.aggregator.query;

import org.jspecify.annotations.NullMarked;
